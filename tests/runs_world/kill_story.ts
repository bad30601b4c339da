/**
 * A day in the life of a server, as far as it gets: two sessions, tools that leave a trace, a follow-up, an approval.
 * Whatever the server has said yes to is written down before the story goes on.
 *
 * @module
 */
import { readEvents } from "./event_reader.ts";
import type { ProviderRequest } from "./provider.ts";
import { answersIn, call } from "./spoken.ts";
import type { Scripted, Step } from "./steps.ts";
import type { World } from "./world.ts";

/** What was said yes to, one a line. */
export type Accepted =
  | { readonly kind: "run"; readonly sessionId: string; readonly runId: string; readonly text: string }
  | { readonly kind: "input"; readonly sessionId: string; readonly runId: string; readonly text: string }
  | { readonly kind: "decision"; readonly sessionId: string; readonly runId: string; readonly callId: string }
  | { readonly kind: "event"; readonly sessionId: string; readonly id: number; readonly name: string };

export const WORKS = "works";
export const ASKS = "asks";

/** A command that leaves one line for each time it runs. */
function trace(name: string) {
  return call("run_command", { command: `echo x >> ${name}.count; echo ${name} ran` }, `call_${name}`);
}

/** Models without a memory: what they say depends on what they are told alone. */
export const STORY_MODELS: Readonly<Record<string, Scripted>> = {
  [WORKS]: (request) =>
    said(request, [{ calls: [trace("one")] }, { calls: [trace("two"), trace("three")] }, { say: "Worked." }]),
  [ASKS]: (request) => said(request, [{ calls: [trace("asked"), trace("asked-too")] }, { say: "Thanks." }]),
};

/** The next step, by how many turns have been answered since the user spoke last. */
function said(request: ProviderRequest, steps: readonly Step[]): Step {
  const known = new Set(answersIn(request).keys());
  const turns =
    [["call_one", "call_asked"], ["call_two"]].filter((ids) =>
      ids.some((id) => [...known].some((one) => one.startsWith(id)))
    ).length;
  return steps[Math.min(turns, steps.length - 1)]!;
}

/** Plays it on; rejects where the server refuses what it should take. */
export async function playStory(world: World, note: (accepted: Accepted) => void): Promise<void> {
  const { client } = world;
  const begin = async (key: string, profile: string) => {
    const sessionId = await client.newSession(key);
    const text = `Begin ${key}. [[${key}]]`;
    const { status, body } = await client.start(sessionId, { text, profile });
    if (status !== 200) throw new Error(JSON.stringify(body));
    note({ kind: "run", sessionId, runId: body.run_id, text });
    const events = readEvents(client.url, client.token, sessionId);
    void follow(events, (event) => note({ kind: "event", sessionId, ...event }));
    return { sessionId, runId: body.run_id as string, events };
  };
  const works = await begin(WORKS, "anthropic-free");
  await works.events.until("tool_execution_started");
  const text = "And then say goodbye.";
  const sent = await client.send(works.sessionId, works.runId, "follow_up", text);
  if (sent.status === 200) note({ kind: "input", sessionId: works.sessionId, runId: works.runId, text });
  const asks = await begin(ASKS, "anthropic-asks");
  const { fields } = await asks.events.until("waiting_for_tool_approval");
  for (const callId of fields.pending_tool_call_ids) {
    const { status } = await client.decide(asks.sessionId, asks.runId, { [callId]: { action: "accept" } });
    if (status === 200) note({ kind: "decision", sessionId: asks.sessionId, runId: asks.runId, callId });
  }
  await Promise.all([works.events.end(works.runId), asks.events.end(asks.runId)]);
  await Promise.all([works, asks].map(({ events }) => events[Symbol.asyncDispose]()));
}

/** Tells of each event as it is seen. */
async function follow(
  { seen }: { readonly seen: readonly { id: number; name: string }[] },
  told: (event: { id: number; name: string }) => void,
): Promise<void> {
  for (let at = 0;;) {
    for (; at < seen.length; at++) told({ id: seen[at]!.id, name: seen[at]!.name });
    if (seen.at(-1)?.name.startsWith("run_completed")) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
