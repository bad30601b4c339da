/**
 * A server that is killed, as a power cut does it, right before or right after one of its commits. Afterwards another
 * one finds everything that was said yes to, and no call is carried out twice.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { CallRecord } from "../../src/server/records.ts";
import type { Store } from "../../src/server/store.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { docker, dockerTest } from "../docker/docker.ts";
import { baseImage } from "../docker/images.ts";
import { runs } from "../runs.ts";
import { until } from "../runs_world/await_condition.ts";
import { checkSession } from "../runs_world/check_session.ts";
import { inProcessWorld } from "../runs_world/in_process_world.ts";
import { type Accepted, STORY_MODELS } from "../runs_world/kill_story.ts";
import { processWorld } from "../runs_world/process_world.ts";
import { type Provider, startProvider } from "../runs_world/provider.ts";
import { readEvents } from "../runs_world/event_reader.ts";
import { accepted, answersIn, begun, call, timesRun } from "../runs_world/spoken.ts";
import { faultsOf } from "../runs_world/well_formed.ts";
import type { World } from "../runs_world/world.ts";
import { test } from "../sanitized.ts";

/** Of the commits of the story, so many are tried; both sides of each. */
const POINTS = runs(80);

interface Killed {
  readonly notes: readonly Accepted[];
  readonly wasKilled: boolean;
  /** Of the whole story; 0 where it was killed. */
  readonly commits: number;
}

/** Plays the story in a process that kills itself at that commit; 0: at none. */
async function killAt(home: string, provider: Provider, commit: number, when: string): Promise<Killed> {
  const script = new URL("../runs_world/killed_supervisor.ts", import.meta.url).pathname;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", script, home, provider.url, String(commit), when],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const { signal, stdout, stderr } = await child.output();
  const said = new TextDecoder().decode(stdout).split("\n").slice(0, -1).map((line) => JSON.parse(line));
  const commits = said.find(({ kind }) => kind === "commits")?.commits ?? 0;
  const wasKilled = signal === "SIGKILL";
  // What comes at once is written at once: the same story may take fewer commits the next time.
  const isWhole = signal === null && commits > 0 && (commit === 0 || commits < commit);
  assert.ok(wasKilled || isWhole, `${signal}, ${commits} commits: ${new TextDecoder().decode(stderr)}`);
  return { notes: said.filter(({ kind }) => kind !== "commits"), wasKilled, commits };
}

async function storyProvider(): Promise<Provider> {
  const provider = await startProvider();
  for (const [key, says] of Object.entries(STORY_MODELS)) provider.script(key, new Array(5_000).fill(says));
  return provider;
}

/** All calls of a session, in whatever run. */
function callsOf(store: Store, sessionId: string): CallRecord[] {
  const runIds = new Set(store.events.after(sessionId, 0, 10_000).map(({ runId }) => runId!));
  return [...runIds].flatMap((runId) =>
    Array.from({ length: store.runs.get(runId)!.turns }, (_, turn) => store.calls.ofTurn(runId, turn + 1))
      .flat()
  );
}

function assertKept(world: World, notes: readonly Accepted[]): void {
  const { store } = world;
  for (const note of notes) {
    const run = note.kind === "event" ? undefined : store.runs.get(note.runId);
    if (note.kind === "run") assert.ok(run, "a run that was accepted is there");
    if (note.kind === "event") {
      const [event] = store.events.after(note.sessionId, note.id - 1, 1);
      assert.deepEqual(
        [event?.id, event?.event.name],
        [note.id, note.name],
        "an event that was told is there",
      );
    }
    if (note.kind === "decision") {
      const found = callsOf(store, note.sessionId).find(({ callId }) => callId === note.callId);
      assert.ok(found && found.state !== "pending" && found.decidedBy, `a decision is kept: ${found?.state}`);
    }
    if (note.kind === "input") {
      const told = JSON.stringify([
        store.messages.all(note.sessionId),
        store.events.after(note.sessionId, 0, 10_000),
      ]);
      assert.ok(told.includes(note.text) || store.inputs.waiting(note.runId) > 0, "what was sent is kept");
    }
  }
}

/** Whatever was approved or waits is decided, so that every run comes to its end. */
async function finish(world: World): Promise<void> {
  const { client, store } = world;
  await until("the end of all runs", async () => {
    for (const { id, sessionId, callId, runId } of store.calls.pending()) {
      const { status } = await client.decide(sessionId, runId, { [callId]: { action: "accept" } });
      assert.ok(status === 200 || status === 409, `${id} can be decided: ${status}`);
    }
    return store.runs.unfinished().length === 0;
  });
}

async function assertOnce(world: World, sessionId: string): Promise<void> {
  const folder = await world.folderOf(sessionId);
  const names = new Map<string, CallRecord[]>();
  for (const record of callsOf(world.store, sessionId)) {
    const name = /echo x >> ([\w-]+)\.count/.exec(JSON.stringify(record.input))![1]!;
    names.set(name, [...names.get(name) ?? [], record]);
  }
  for (const [name, records] of names) {
    const times = await timesRun({ folder }, name);
    const done = records.filter(({ state }) => state === "done").length;
    const unknown = records.filter(({ state }) => state === "unknown").length;
    assert.ok(
      times >= done && times <= done + unknown,
      `${name}: ran ${times} times, ${records.map(({ state }) => state)}`,
    );
  }
}

/** The conversation goes on, and the model knows what nobody can know. */
async function goOn(world: World, sessionId: string): Promise<void> {
  const key = `after-${crypto.randomUUID().slice(0, 8)}`;
  const script = world.provider.script(key, [{ say: "Still here." }]);
  const { status, body } = await world.client.start(sessionId, {
    text: `Go on. [[${key}]]`,
    profile: "anthropic-free",
  });
  accepted({ status, body });
  await until("its end", () => world.store.runs.get(body.run_id)!.end !== undefined);
  assert.deepEqual(world.store.runs.get(body.run_id)!.end, { stopped: "completed" });
  assert.deepEqual(faultsOf(script.requests[0]!), [], script.requests[0]!.text);
  for (const { state, callId } of callsOf(world.store, sessionId)) {
    if (state !== "unknown") continue;
    assert.match(
      answersIn(script.requests[0]!).get(callId)!,
      /unknown/i,
      "the model is told that the outcome is unknown",
    );
  }
}

test("a server that is killed at any commit leaves nothing lost and nothing done twice", async ({ step }) => {
  await using provider = await storyProvider();
  const whole = await Deno.makeTempDir({ prefix: "stakpak-kill-" });
  const { commits } = await killAt(whole, provider, 0, "after");
  await Deno.remove(whole, { recursive: true });
  assert.ok(commits > 20, `${commits} commits`);
  let killed = 0;
  for (let point = 0; point < POINTS; point++) {
    const commit = 1 + Math.floor((point + 0.5) * commits / POINTS);
    const when = point % 2 === 0 ? "before" : "after";
    await step(`${when} commit ${commit} of ${commits}`, async () => {
      const home = await Deno.makeTempDir({ prefix: "stakpak-kill-" });
      try {
        const { notes, wasKilled } = await killAt(home, provider, commit, when);
        if (wasKilled) killed++;
        await using world = await inProcessWorld({ on: home, provider });
        assertKept(world, notes);
        await finish(world);
        const { sessions } = world.store.sessions.list({ limit: 100, offset: 0 });
        for (const { id } of sessions) {
          await assertOnce(world, id);
          await goOn(world, id);
          checkSession(world.store, id);
        }
        assertKept(world, notes);
      } finally {
        await Deno.remove(home, { recursive: true });
      }
    });
  }
  assert.ok(killed >= 0.75 * POINTS, `${killed} of ${POINTS} points were reached`);
});

test("`stakpak serve` that is killed leaves no process behind, ends its runs as interrupted, and goes on", async () => {
  await using world = await processWorld({ tools: "host" });
  const { client } = world;
  const key = `killed-${crypto.randomUUID().slice(0, 8)}`;
  const command = "echo $$ > pid; echo x >> cut.count; touch cut.begun; sleep 600";
  world.provider.script(key, [{ calls: [call("run_command", { command }, "c1")] }]);
  const sessionId = await client.newSession();
  const { status, body } = await client.start(sessionId, {
    text: `Begin. [[${key}]]`,
    profile: "anthropic-free",
  });
  accepted({ status, body });
  const folder = await world.folderOf(sessionId);
  await begun({ folder } as never, "cut");
  const events = world.store.events.after(sessionId, 0, 1_000).length;
  await world.kill();
  const pid = Number(await Deno.readTextFile(`${folder}/pid`));
  await until(`the end of process ${pid}`, () => Deno.stat(`/proc/${pid}`).then(() => false, () => true));
  const next = await world.again();
  try {
    await until("its end", () => next.store.runs.get(body.run_id)!.end !== undefined);
    const end = next.store.runs.get(body.run_id)!.end!;
    assert.ok("failed" in end && end.failed === "interrupted", JSON.stringify(end));
    assert.ok(next.store.events.after(sessionId, 0, 1_000).length > events);
    await goOn(next, sessionId);
    assert.equal(await timesRun({ folder }, "cut"), 1);
    checkSession(next.store, sessionId);
  } finally {
    await next.stop();
  }
});

dockerTest(
  "a server that is killed leaves no box behind, and what waited for people is carried out in a new one",
  async () => {
    await using world = await processWorld({ tools: "box", env: { STAKPAK_AGENT_IMAGE: await baseImage() } });
    const containers = async () => {
      const label = `label=${LABELS.home}=${await homeOf(denoHost([]), `${world.home}/r`)}`;
      return (await docker("ps", "-aq", "--filter", label)).split("\n").filter(Boolean);
    };
    const begin = async (profile: string, command: string) => {
      const key = `box-${crypto.randomUUID().slice(0, 8)}`;
      world.provider.script(key, [{ calls: [call("run_command", { command }, "c1")] }, { say: "Done." }]);
      const sessionId = await world.client.newSession();
      const { status, body } = await world.client.start(sessionId, { text: `Begin. [[${key}]]`, profile });
      accepted({ status, body });
      return { sessionId, runId: body.run_id as string, folder: await world.folderOf(sessionId) };
    };
    const works = await begin("anthropic-free", "echo x >> cut.count; touch cut.begun; sleep 600");
    const asks = await begin("anthropic-asks", "echo x >> asked.count");
    await begun(works as never, "cut");
    await using events = readEvents(world.client.url, world.client.token, asks.sessionId);
    const { fields } = await events.until("waiting_for_tool_approval");
    const before = await containers();
    assert.equal(before.length, 1);
    await world.kill();
    const next = await world.again();
    try {
      await until("the end of the first box", async () => !(await containers()).includes(before[0]!));
      await until("its end", () => next.store.runs.get(works.runId)!.end !== undefined);
      assert.equal(next.store.calls.pending(asks.sessionId).length, 1);
      accepted(
        await next.client.decide(asks.sessionId, asks.runId, {
          [fields.pending_tool_call_ids[0]!]: { action: "accept" },
        }),
      );
      await until("its end", () => next.store.runs.get(asks.runId)!.end !== undefined);
      assert.deepEqual(next.store.runs.get(asks.runId)!.end, { stopped: "completed" });
      await goOn(next, works.sessionId);
      assert.deepEqual([await timesRun(works, "cut"), await timesRun(asks, "asked")], [1, 1]);
      for (const { sessionId } of [works, asks]) checkSession(next.store, sessionId);
    } finally {
      assert.equal(await next.stop(), 130);
    }
    assert.deepEqual(await containers(), []);
  },
);
