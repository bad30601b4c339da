import FakeTimers from "@sinonjs/fake-timers";
import assert from "node:assert/strict";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { decideCall } from "../../src/server/decide_call.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { until } from "../runs_world/await_condition.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { runStage, terminals, toolResult } from "./run_stage.ts";
import { pendingCall, REQUEST } from "./temp_store.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));

test("a service that ends lets runs end by themselves for a while; those in line do not begin", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: async (call) => (await held.pass(), toolResult(call)) },
    autopilot: "[server]\nmax_parallel_runs = 1\n",
  });
  const running = await stage.begin();
  const queued = await stage.begin();
  await held.reached;
  const ending = stage.runs[Symbol.asyncDispose]();
  await assert.rejects(stage.begin(), { code: "shutting_down", status: 503 });
  await assert.rejects(stage.runs.resume(running.sessionId), { code: "shutting_down" });
  held.open();
  await ending;
  assert.deepEqual(stage.store.runs.get(running.runId)!.end, { stopped: "completed" });
  const { end } = stage.store.runs.get(queued.runId)!;
  assert.ok(end && "failed" in end && end.failed === "interrupted");
  assert.equal(ring1.living(), 0);
});

test("a run that does not end by itself is interrupted; its call is of unknown outcome", async () => {
  using clock = fakeClock(new Date("2026-11-23T10:00:00Z"));
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] })] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: () => new Promise<never>(() => {}) },
  });
  const { sessionId, runId } = await stage.begin();
  while (stage.sent.length === 0) {
    await clock.pass(1);
    await new Promise<void>((resolve) => queueMicrotask(resolve));
    await crypto.subtle.digest("SHA-256", new Uint8Array(1));
  }
  const ending = stage.runs[Symbol.asyncDispose]();
  await clock.pass(4_000);
  assert.equal(stage.store.runs.get(runId)!.end, undefined);
  await clock.pass(2_000);
  await ending;
  const { end } = stage.store.runs.get(runId)!;
  assert.ok(end && "failed" in end && end.failed === "interrupted");
  assert.equal(stage.store.calls.ofTurn(runId, 1)[0]!.state, "unknown");
  assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
});

test("a killed service's run ends as interrupted in the next one; nothing is sent twice, or lost", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create"], c2: ["create", { a: 1 }] }), says("done")],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: async (call) => (await held.pass(), toolResult(call)) },
  });
  const { sessionId, runId } = await stage.begin();
  await held.reached;
  await stage.runs.send(sessionId, runId, "follow_up", "and then?");
  await stage.crash();
  const { end } = stage.store.runs.get(runId)!;
  assert.ok(end && "failed" in end && end.failed === "interrupted" && end.retryable);
  assert.deepEqual(stage.store.calls.ofTurn(runId, 1).map(({ state }) => state), ["unknown", "cancelled"]);
  const messages = stage.store.messages.all(sessionId);
  assert.deepEqual(messages.map(({ role }) => role), ["user", "assistant", "tool", "user"]);
  assert.deepEqual(messages.at(-1), { role: "user", text: "and then?" });
  assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
  held.open();
  await until("what the dead one still did", () => stage.log.length > 0);
  assert.equal(stage.sent.length, 1);
  const next = await stage.begin({ sessionId, text: "go on" });
  assert.deepEqual((await stage.ended(sessionId, next.runId)).end, { stopped: "completed" });
});

test("as many runs are under way as the file says now; the others wait in their order", async () => {
  const held = [gate(), gate(), gate()];
  const order: string[] = [];
  const ring1 = scriptedWorkers(scripts(Object.fromEntries(held.map((one, index) => [`run ${index}`, [
    (ring1) => {
      order.push(`run ${index}`);
      void one.pass().then(() => ring1.say(says("done")));
    },
  ]]))));
  await using stage = await runStage({
    startWorker: ring1.start,
    autopilot: "[server]\nmax_parallel_runs = 1\n",
    tools: { view: does },
  });
  const first = await stage.begin({ text: "run 0" });
  await held[0]!.reached;
  const second = await stage.begin({ text: "run 1" });
  assert.deepEqual(stage.runs.counts(), { running: 1, queued: 1, waiting: 0 });
  stage.autopilot = "[server]\nmax_parallel_runs = 2\n";
  const third = await stage.begin({ text: "run 2" });
  await held[1]!.reached;
  assert.deepEqual(order, ["run 0", "run 1"]);
  held[0]!.open();
  await held[2]!.reached;
  held[1]!.open();
  held[2]!.open();
  for (const { sessionId, runId } of [first, second, third]) await stage.ended(sessionId, runId);
});

test("a decided run that waits in line when the service ends waits on, and is gone on with later", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create"] }), says("done")],
    other: [calls({ c2: ["view"] }), says("done")],
  }));
  const config = '[profiles.default]\nmodel = "openai/gpt-x"\nauto_approve = ["view"]\n';
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: does, view: async (call) => (await held.pass(), toolResult(call)) },
    config,
    autopilot: "[server]\nmax_parallel_runs = 1\n",
  });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  await stage.begin({ text: "other" });
  await held.reached;
  await stage.runs.decide(sessionId, runId, { c1: { action: "accept" } }, "api");
  await until("its place in line", () => stage.runs.counts().queued === 1);
  const ending = stage.runs[Symbol.asyncDispose]();
  held.open();
  await ending;
  assert.equal(stage.store.runs.get(runId)!.state, "waiting");
  assert.equal(stage.store.calls.ofTurn(runId, 1)[0]!.state, "approved");
  await stage.crash();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__view", "stakpak__create"]);
});

test("a run whose end could not be written is ended later by the service that has it", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [(ring1) => ring1.fail("Uncaught Error")] }));
  const clock = FakeTimers.install({ toFake: ["setInterval", "clearInterval"] });
  try {
    await using stage = await runStage({ startWorker: ring1.start });
    const { runs } = stage.store;
    const { end } = runs;
    Object.assign(runs, {
      end() {
        throw new Error("database or disk is full");
      },
    });
    const { sessionId, runId } = await stage.begin();
    await until("what could not be written", () => stage.log.length > 0);
    Object.assign(runs, { end });
    assert.equal(runs.get(runId)!.end, undefined);
    await clock.tickAsync(31_000);
    const { end: how } = runs.get(runId)!;
    assert.ok(how && "failed" in how && how.failed === "interrupted", JSON.stringify(how));
    assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
  } finally {
    clock.uninstall();
  }
});

test("a run that people were asked about goes on with their answer, also where its end could not be written", async () => {
  const ring1 = scriptedWorkers((ring1, told) => told.kind === "start" && ring1.say(says("done")));
  const clock = FakeTimers.install({ toFake: ["setInterval", "clearInterval"] });
  try {
    for (const owner of ["first", "gone"]) {
      await using stage = await runStage({ startWorker: ring1.start, tools: { view: does } });
      const { store } = stage;
      const sessionId = store.sessions.create({ title: "t", origin: "api" }).id;
      const runId = crypto.randomUUID();
      store.runs.begin({ id: runId, sessionId, owner, request: { ...REQUEST, profile: "default" } });
      store.runs.update(runId, { state: "running", turns: 1 });
      store.calls.add(pendingCall({ sessionId, runId }, { tool: "stakpak__view", expiresAt: "2030-01-01" }));
      await clock.tickAsync(31_000);
      assert.equal(store.runs.get(runId)!.state, "waiting");
      // By another process: nobody here is asked to look.
      const { id } = store.calls.ofTurn(runId, 1)[0]!;
      decideCall(store, id, { action: "accept" }, "cli:ada", stage.temp.at);
      assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" }, owner);
    }
  } finally {
    clock.uninstall();
  }
});
