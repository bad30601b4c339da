// deno-lint-ignore-file camelcase -- the fields are those of the wire
/**
 * Every route of the API, asked for what it does: one session with a run that waits for people, is steered, and ends.
 *
 * @module
 */
import { equal, match } from "node:assert/strict";
import type { ApiAnswer } from "../runs_world/api_client.ts";
import { until } from "../runs_world/await_condition.ts";
import { gate } from "../runs_world/gate.ts";
import { accepted, call } from "../runs_world/spoken.ts";
import type { World } from "../runs_world/world.ts";

/** Asks with the server's token, unless the headers bring another; answers the status and the body. */
export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<ApiAnswer>;

interface Story {
  readonly world: World;
  readonly ask: Ask;
  readonly sessionId: string;
  /** Its path. */
  readonly at: string;
}

/** @param text asks for what is no JSON */
export async function askEveryRoute(
  world: World,
  ask: Ask,
  text: (path: string) => Promise<string>,
): Promise<void> {
  for (const path of ["health", "ready", "openapi.json", "models", "config"]) {
    accepted(await ask("GET", `/v1/${path}`));
  }
  match(await text("/metrics"), /^# HELP /);
  const keyed = { "idempotency-key": "session" };
  const created = await ask("POST", "/v1/sessions", { title: "full", cwd: "/srv" }, keyed);
  equal(created.status, 201);
  equal((await ask("POST", "/v1/sessions", { title: "another" }, keyed)).status, 409);
  const sessionId: string = created.body.id;
  const story: Story = { world, ask, sessionId, at: `/v1/sessions/${sessionId}` };
  accepted(await ask("PATCH", story.at, { title: "disk full", visibility: "PUBLIC" }));
  const events = text(`${story.at}/events?after=0`);
  // What fails before it is awaited is what has to be told.
  events.catch(() => {});
  await runThrough(story);
  const lists = [
    "/v1/sessions?limit=10&offset=0&search=disk&status=active",
    story.at,
    `${story.at}/messages?order=newest`,
    "/v1/approvals?status=all",
    `/v1/audit?session_id=${sessionId}&kind=decision`,
  ];
  for (const path of lists) accepted(await ask("GET", path));
  equal((await ask("DELETE", story.at)).status, 204);
  match(await events, /event: run_completed\n[^]*event: shutdown\n/);
  await whenThereIsNoSandbox(world, ask);
}

async function runThrough({ world, ask, at, sessionId }: Story): Promise<void> {
  const held = gate();
  const ids = ["c1", "c2", "c3", "c4"];
  const asked = ids.map((id) => ({ calls: [call("run_command", { command: `echo ${id}` }, id)] }));
  world.provider.script("every-route", [...asked, { say: "Done.", hold: held }, { say: "Once more." }]);
  const body = {
    message: { role: "user", content: [{ type: "text", text: "Go. [[every-route]]" }] },
    profile: "anthropic-asks",
    pause_on_approval: true,
    context: [{ name: "alert", content: "db-1 is full", priority: "high" }],
    overrides: { max_turns: 9, auto_approve: ["view"] },
  };
  const keyed = { "idempotency-key": "every-route" };
  const started = await ask("POST", `${at}/messages`, body, keyed);
  accepted(started);
  accepted(await ask("POST", `${at}/messages`, body, keyed));
  const runId: string = started.body.run_id;
  const accept = { action: "accept" };
  const decide: Readonly<Record<string, (approvalId: string) => Promise<ApiAnswer>>> = {
    c1: () => ask("POST", `${at}/tools/c1/decision`, { run_id: runId, ...accept }),
    c2: () =>
      ask("POST", `${at}/tools/decisions`, {
        run_id: runId,
        decisions: { c2: { action: "reject", content: "no" } },
      }),
    c3: () =>
      ask("POST", `${at}/tools/resolve`, {
        run_id: runId,
        decisions: { c3: { action: "custom_result", content: "3" } },
      }),
    async c4(id) {
      const at = `/v1/approvals/${id}`;
      const decided = await ask("POST", at, { hash: (await ask("GET", at)).body.hash, ...accept });
      equal((await ask("POST", at, { action: "reject" })).status, 409);
      return decided;
    },
  };
  for (const id of ids) {
    const waits = () => world.store.calls.pending(sessionId).find(({ callId }) => callId === id);
    await until(`${id} waits`, () => waits() !== undefined);
    accepted(await ask("GET", `${at}/tools/pending`));
    accepted(await ask("GET", `/v1/approvals?session_id=${sessionId}`));
    accepted(await decide[id]!(waits()!.id));
  }
  await held.reached;
  const steering = { message: { role: "user", content: "Quick!" }, type: "steering", run_id: runId };
  accepted(await ask("POST", `${at}/messages`, steering));
  accepted(await ask("POST", `${at}/model`, { run_id: runId, model: "anthropic/claude-opus-4-5" }));
  accepted(await ask("GET", at));
  accepted(await ask("POST", `${at}/cancel`, { run_id: runId }));
  held.open();
  await until("its end", () => world.store.runs.get(runId)!.end !== undefined);
}

async function whenThereIsNoSandbox({ inside }: World, ask: Ask): Promise<void> {
  inside!.boxes.refuse("none today");
  equal((await ask("GET", "/v1/ready")).status, 503);
  accepted(await ask("GET", "/v1/health"));
  inside!.boxes.refuse(undefined);
}
