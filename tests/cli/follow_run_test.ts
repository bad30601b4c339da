import assert from "node:assert/strict";
import { followRun, pendingOf } from "../../src/cli/follow_run.ts";
import { test } from "../sanitized.ts";
import { storeOf, waitingSession } from "./stored_sessions.ts";

const NEVER = new AbortController().signal;
const DONE = {
  name: "run_completed",
  fields: { stop_reason: "completed", total_turns: 1, total_usage: undefined as never },
} as const;

async function stage() {
  const home = await Deno.makeTempDir({ prefix: "follow-" });
  const store = await storeOf(home);
  const { session, runId } = waitingSession(store, [{}]);
  const heard: string[] = [];
  return {
    home,
    store,
    runId,
    sessionId: session.id,
    heard,
    run: { sessionId: session.id, runId, cursor: 0 },
    listener: {
      heard: ({ event }: { event: { name: string } }) => void heard.push(event.name),
      waits: () => Promise.resolve(true),
    },
    end() {
      store.transaction(() => {
        store.calls.move("call_000000000001", ["pending"], { state: "approved" });
        store.runs.end(runId, { stopped: "completed" });
        store.events.append(session.id, runId, DONE);
      });
    },
    async [Symbol.asyncDispose]() {
      store[Symbol.dispose]();
      await Deno.remove(home, { recursive: true });
    },
  };
}

test("followRun() tells what is there and what comes, and ends with the run", async () => {
  await using world = await stage();
  world.store.calls.move("call_000000000001", ["pending"], { state: "approved" });
  const following = followRun(world.store, world.run, world.listener, NEVER);
  world.store.events.append(world.sessionId, world.runId, { name: "turn_started", fields: { turn: 2 } });
  // Of another run: not told.
  world.store.events.append(world.sessionId, undefined, { name: "turn_started", fields: { turn: 9 } });
  world.end();
  const run = await following;
  assert.deepEqual(run.end, { stopped: "completed" });
  assert.deepEqual(world.heard, ["turn_started", "turn_started", "run_completed"]);
});

test("followRun() hears what another process writes", async () => {
  await using world = await stage();
  world.store.calls.move("call_000000000001", ["pending"], { state: "approved" });
  const following = followRun(world.store, world.run, world.listener, NEVER);
  world.heard.length = 0;
  using other = await storeOf(world.home);
  other.runs.end(world.runId, { stopped: "completed" });
  other.events.append(world.sessionId, world.runId, DONE);
  await following;
  assert.deepEqual(world.heard, ["run_completed"]);
});

test("followRun() asks about the calls that wait, and goes on as long as somebody decides", async () => {
  await using world = await stage();
  const asked: string[][] = [];
  const run = await followRun(world.store, world.run, {
    ...world.listener,
    waits(calls) {
      asked.push(calls.map(({ id }) => id));
      world.end();
      return Promise.resolve(true);
    },
  }, NEVER);
  assert.deepEqual([run.state, asked], ["completed", [["call_000000000001"]]]);
});

test("followRun() leaves a run that nobody decides about as it is", async () => {
  await using world = await stage();
  const run = await followRun(world.store, world.run, {
    ...world.listener,
    waits: () => Promise.resolve(false),
  }, NEVER);
  assert.deepEqual([run.state, run.end], ["waiting", undefined]);
  assert.deepEqual(pendingOf(world.store, run).map(({ id }) => id), ["call_000000000001"]);
});

test("followRun() tells every event of a long run once", async () => {
  await using world = await stage();
  world.store.transaction(() => {
    for (let turn = 0; turn < 1_000; turn++) {
      world.store.events.append(world.sessionId, world.runId, { name: "turn_started", fields: { turn } });
    }
  });
  world.end();
  await followRun(world.store, { ...world.run, cursor: 1 }, world.listener, NEVER);
  assert.equal(world.heard.length, 1_001);
});

test("followRun() rejects when its signal aborts, and when the session is deleted", async () => {
  await using world = await stage();
  world.store.calls.move("call_000000000001", ["pending"], { state: "approved" });
  const stop = new AbortController();
  const stopped = followRun(world.store, world.run, world.listener, stop.signal);
  stop.abort(new Error("interrupted"));
  await assert.rejects(stopped, /interrupted/);
  const orphaned = followRun(world.store, world.run, world.listener, NEVER);
  world.store.sessions.delete(world.sessionId);
  await assert.rejects(orphaned, /its session was deleted/);
});
