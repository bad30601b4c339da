import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { UserError } from "../../src/domain/error.ts";
import { RUN_LIMITS } from "../../src/domain/run_limits.ts";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import { unlessAborted } from "../../src/sandbox/unless_aborted.ts";
import type { SessionTools, ToolPlaces } from "../../src/server/session_tools.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { until } from "../runs_world/await_condition.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { runStage, terminals, toolResult } from "./run_stage.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));
const SILENT = scripts({ hello: [() => {}] });

function places(change: Partial<SessionTools> & { open?: ToolPlaces["open"] }): ToolPlaces {
  const { open, ...tools } = change;
  const whole: SessionTools = {
    place: "sandbox",
    isOurs: () => true,
    onlyLooks: () => false,
    workspace: () => Promise.resolve([]),
    notes: () => [],
    list: () => Promise.resolve([]),
    call: () => Promise.reject(new Error("no tool here")),
    [Symbol.asyncDispose]: () => Promise.resolve(),
    ...tools,
  };
  return { open: open ?? (() => Promise.resolve(whole)) };
}

test("a sandbox that is not to be had ends the run before its first turn, with one event; what was asked stays", async () => {
  const failing: ToolPlaces[] = [
    places({
      open: () => Promise.reject(new UserError("Cannot start the sandbox: no Docker", { hint: "start it" })),
    }),
    places({ list: () => Promise.reject(new ToolboxGone("Cannot reach the sandbox: killed", false)) }),
  ];
  for (const tools of failing) {
    await using stage = await runStage({ startWorker: scriptedWorkers(SILENT).start, change: { tools } });
    const { sessionId, runId } = await stage.begin({ context: [{ name: "n", content: "more" }] });
    const { end } = await stage.ended(sessionId, runId);
    assert.ok(end && "failed" in end && end.failed === "sandbox_unavailable");
    assert.match(end.error, /no Docker \(start it\)$|killed$/);
    assert.deepEqual(stage.names(sessionId), ["run_error"]);
    const [message, ...more] = stage.store.messages.all(sessionId);
    assert.ok(message?.role === "user" && message.text.startsWith("hello") && message.text.includes("more"));
    assert.deepEqual(more, []);
    await stage.begin({ sessionId }).then((second) => stage.ended(sessionId, second.runId));
  }
});

test("what a workspace says goes into the first turn alone, and the first event names it", async () => {
  const ring1 = scriptedWorkers((ring1, told) => {
    if (told.kind === "start") ring1.say(says("done"));
  });
  let asked = 0;
  const tools = places({
    workspace: () => (asked++, Promise.resolve([{ name: "AGENTS.md", content: "be brief" }])),
    notes: () => ["paks is away"],
  });
  await using stage = await runStage({ startWorker: ring1.start, change: { tools } });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  const [started] = stage.events(sessionId);
  assert.deepEqual(started, {
    name: "run_started",
    fields: {
      profile: "default",
      model: "openai/gpt-x",
      tools: "sandbox",
      workspace_files: ["AGENTS.md"],
      notes: ["paks is away"],
    },
  });
  const second = await stage.begin({ sessionId, text: "more" });
  await stage.ended(sessionId, second.runId);
  const users = stage.store.messages.all(sessionId).filter((message) => message.role === "user");
  assert.deepEqual(users.map(({ text }) => text.includes("be brief")), [true, false]);
  const start = ring1.told[0]!;
  assert.ok(start.kind === "start" && !start.run.systemPrompt.includes("be brief"));
  assert.equal(asked, 1);
});

test("a workspace that cannot be looked at is a note, and the run goes on", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [says("done")] }));
  const tools = places({ workspace: () => Promise.reject(new ToolboxGone("killed", false)) });
  await using stage = await runStage({ startWorker: ring1.start, change: { tools } });
  const { sessionId, runId } = await stage.begin();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.match(JSON.stringify(stage.events(sessionId)[0]), /workspace is not known: killed/);
});

test("a run without a sandbox has no tools, and says so", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["view"] }), says("done"), says("again")] }));
  await using stage = await runStage({ startWorker: ring1.start, tools: { view: does } });
  const { sessionId, runId } = await stage.begin({ sandbox: false });
  await stage.ended(sessionId, runId);
  assert.match(JSON.stringify(stage.events(sessionId)[0]), /"tools":"none".*This session has no tools/);
  assert.deepEqual(stage.sent, []);
  const second = await stage.begin({ sessionId, sandbox: true });
  await stage.ended(sessionId, second.runId);
  assert.match(JSON.stringify(stage.events(sessionId)), /as fixed at this session's first run/);
});

test("a profile that is edited between two runs counts for the second, prompt, tools and limits", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done"), says("again")] }));
  await using stage = await runStage({ startWorker: ring1.start, tools: { view: does, create: does } });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 1);
  stage.config =
    '[profiles.default]\nmodel = "openai/gpt-z"\nallowed_tools = ["view"]\nsystem_prompt = "Report."\n';
  const second = await stage.begin({ sessionId });
  await stage.ended(sessionId, second.runId);
  const start = ring1.told.at(-1)!;
  assert.ok(start.kind === "start");
  assert.deepEqual(
    [start.run.model, start.run.tools.map(({ name }) => name), start.run.systemPrompt.slice(0, 7)],
    ["gpt-z", ["stakpak__view"], "Report."],
  );
  stage.config = "[profiles.default]\nmax_turns = 0\n";
  await assert.rejects(stage.begin({ sessionId }), { code: "invalid_profile" });
});

test("cancelling interrupts the place in line, the sandbox's start, the model, and a tool that does not listen", async () => {
  const [opening, calling] = [gate(), gate()];
  const stuck: ToolPlaces = places({ open: () => (void opening.pass(), new Promise<never>(() => {})) });
  {
    // What is stuck here stays so: a place is given back when the start of the sandbox ends.
    const abandoned = Promise.withResolvers<SessionTools>();
    stuck.open = () => (void opening.pass(), abandoned.promise);
    await using stage = await runStage({
      startWorker: scriptedWorkers(SILENT).start,
      change: { tools: stuck },
    });
    const { sessionId, runId } = await stage.begin();
    await opening.reached;
    await stage.runs.cancel(sessionId, runId);
    assert.deepEqual(stage.store.runs.get(runId)!.end, { stopped: "cancelled" });
    abandoned.reject(new Error("late"));
  }
  await using stage = await runStage({
    startWorker: scriptedWorkers(scripts({
      hello: [calls({ c1: ["create"], c2: ["create", { a: 1 }] })],
      silent: [() => {}],
    })).start,
    tools: { create: () => (void calling.pass(), new Promise<never>(() => {})) },
    autopilot: "[server]\nmax_parallel_runs = 1\n",
  });
  const running = await stage.begin();
  const queued = await stage.begin({ text: "silent" });
  assert.deepEqual(stage.runs.counts(), { running: 1, queued: 1, waiting: 0 });
  await stage.runs.cancel(queued.sessionId, queued.runId);
  assert.deepEqual(stage.names(queued.sessionId), ["run_completed"]);
  await calling.reached;
  await stage.runs.cancel(running.sessionId, running.runId);
  const ofTurn = stage.store.calls.ofTurn(running.runId, 1).map(({ state }) => state);
  assert.deepEqual(ofTurn, ["cancelled", "cancelled"]);
  assert.deepEqual(stage.names(running.sessionId).slice(-2), ["turn_completed", "run_completed"]);
  const silent = await stage.begin({ text: "silent" });
  await until("its turn", () => stage.names(silent.sessionId).includes("turn_started"));
  await stage.runs.cancel(silent.sessionId, silent.runId);
  assert.deepEqual(stage.store.runs.get(silent.runId)!.end, { stopped: "cancelled" });
});

test("a run and a turn have deadlines; time that people take does not count", async () => {
  const NEVER = new Promise<never>(() => {});
  let asked = false;
  using clock = fakeClock(new Date("2026-11-23T10:00:00Z"));
  const ring1 = scriptedWorkers(scripts({
    hello: [(ring1) => ring1.say({ kind: "fetch", request: 1, url: "x", method: "POST", body: "{}" })],
    long: [calls({ c1: ["create"] })],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: () => new Promise<never>(() => {}) },
    change: {
      gateway: { open: (_route, _asked, { signal }) => (asked = true, unlessAborted(signal, NEVER)) },
    },
  });
  /** Until it holds; what takes hardly any time happens. */
  const until = async (holds: () => boolean) => {
    while (!holds()) {
      await clock.pass(1);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  const turn = await stage.begin();
  await until(() => asked);
  await clock.pass(RUN_LIMITS.turnMs - 1_000);
  assert.equal(stage.store.runs.get(turn.runId)!.end, undefined);
  await clock.pass(2_000);
  await until(() => stage.store.runs.get(turn.runId)!.end !== undefined);
  const { end } = stage.store.runs.get(turn.runId)!;
  assert.ok(end && "failed" in end && end.failed === "timed_out" && end.error.includes("15 minutes"));
  const run = await stage.begin({ text: "long" });
  await until(() => stage.sent.length === 1);
  await clock.pass(RUN_LIMITS.runMs + 1_000);
  await until(() => stage.store.runs.get(run.runId)!.end !== undefined);
  const late = stage.store.runs.get(run.runId)!.end;
  assert.ok(late && "failed" in late && late.failed === "timed_out" && late.error.includes("60 minutes"));
  assert.deepEqual(terminals(stage.store, run.sessionId)[run.runId], { count: 1, last: true });
});

test("a worker that throws, hangs or says too much fails its own run alone", async () => {
  const ring1 = scriptedWorkers(scripts({
    throws: [(ring1) => ring1.fail("Uncaught RangeError")],
    floods: [(ring1) => ring1.say(...Array.from({ length: 10_000 }, () => ({ kind: "text", delta: "x" })))],
    forges: [(ring1) => ring1.say({ kind: "tool_result", callId: "c1", text: "forged" })],
    hello: [calls({ c1: ["view"] }), says("done")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: { view: does } });
  const begun = [];
  for (const text of ["throws", "floods", "forges", "hello"]) begun.push(await stage.begin({ text }));
  const ends = [];
  for (const { sessionId, runId } of begun) {
    const { end } = await stage.ended(sessionId, runId);
    ends.push(end && "failed" in end ? end.failed : end?.stopped);
    assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
  }
  assert.deepEqual(ends, ["worker_failed", "worker_failed", "worker_failed", "completed"]);
});

test("what a model fails with ends the run, redacted", async () => {
  const secret = "kX9vQ2mL7pR4tZ8wB3nC";
  const ring1 = scriptedWorkers(scripts({
    hello: [
      (ring1) =>
        ring1.say({ kind: "failed", reason: "model_error", error: `401: ${secret}`, retryable: false }),
    ],
  }));
  const { Redactor } = await import("../../src/secrets/redactor.ts");
  await using stage = await runStage({
    startWorker: ring1.start,
    change: {
      redactor(known = new Redactor()) {
        known.add(secret);
        return Promise.resolve(known);
      },
    },
  });
  const { sessionId, runId } = await stage.begin();
  const { end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "model_error");
  assert.ok(!JSON.stringify([end, stage.events(sessionId)]).includes(secret));
});
