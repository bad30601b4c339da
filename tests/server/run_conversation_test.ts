import assert from "node:assert/strict";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { runStage, terminals, toolResult } from "./run_stage.ts";

const VIEW = { view: (call: ToolCall) => Promise.resolve(toolResult(call)) };

test("a run of one tool round tells everything in order, and stores the conversation", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["view", { path: "a" }] }), says("done")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: VIEW });
  const { sessionId, runId } = await stage.begin();
  const run = await stage.ended(sessionId, runId);
  assert.deepEqual([run.end, run.state, run.turns], [{ stopped: "completed" }, "completed", 2]);
  assert.deepEqual(stage.names(sessionId), [
    "run_started",
    "turn_started",
    "usage_report",
    "tool_calls_proposed",
    "tool_execution_started",
    "tool_execution_completed",
    "turn_completed",
    "turn_started",
    "text_complete",
    "usage_report",
    "turn_completed",
    "run_completed",
  ]);
  assert.deepEqual(stage.store.messages.all(sessionId), [
    { role: "user", text: "hello" },
    {
      role: "assistant",
      parts: [{ type: "tool_call", call: { id: "c1", name: "stakpak__view", input: { path: "a" } } }],
    },
    { role: "tool", results: [{ callId: "c1", text: "did stakpak__view", isError: false }] },
    { role: "assistant", parts: [{ type: "text", text: "done" }] },
  ]);
});

test("a run has exactly as many turns as it may, and its last calls are carried out", async () => {
  for (const maxTurns of [1, 3]) {
    const ring1 = scriptedWorkers(scripts({
      hello: Array.from({ length: 9 }, (_, turn) => calls({ [`c${turn}`]: ["view", { turn }] })),
    }));
    await using stage = await runStage({ startWorker: ring1.start, tools: VIEW });
    const { sessionId, runId } = await stage.begin({ overrides: { maxTurns } });
    const run = await stage.ended(sessionId, runId);
    assert.deepEqual([run.end, run.turns, stage.sent.length], [{ stopped: "max_turns" }, maxTurns, maxTurns]);
    assert.equal(stage.names(sessionId).filter((name) => name === "turn_started").length, maxTurns);
    assert.equal(stage.store.messages.all(sessionId).at(-1)!.role, "tool");
  }
});

test("a follow-up goes on with the run when a turn ends without calls; none is left over", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [
      (ring1) => void held.pass().then(() => ring1.say(says("first"))),
      says("second"),
    ],
  }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  await held.reached;
  await stage.runs.send(sessionId, runId, "follow_up", "and then?");
  await stage.runs.send(sessionId, runId, "follow_up", "and more?");
  held.open();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.store.messages.all(sessionId).map((message) => message.role), [
    "user",
    "assistant",
    "user",
    "user",
    "assistant",
  ]);
  const told = stage.events(sessionId).flatMap((event) => event.name === "user_message" ? event.fields : []);
  assert.deepEqual(told, [{ kind: "follow_up", text: "and then?" }, {
    kind: "follow_up",
    text: "and more?",
  }]);
  await assert.rejects(stage.runs.send(sessionId, runId, "steering", "late"), {
    code: "session_not_running",
  });
});

test("steering comes at the next turn's start, also when the turn had no calls", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [(ring1) => void held.pass().then(() => ring1.say(says("first"))), says("second")],
  }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  await held.reached;
  await stage.runs.send(sessionId, runId, "steering", "look there");
  held.open();
  const run = await stage.ended(sessionId, runId);
  assert.equal(run.turns, 2);
  assert.deepEqual(stage.store.messages.all(sessionId)[2], { role: "user", text: "look there" });
});

test("what was sent and not read when the turns are used up stays in the conversation", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [(ring1) => void held.pass().then(() => ring1.say(says("first")))],
  }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin({ overrides: { maxTurns: 1 } });
  await held.reached;
  await stage.runs.send(sessionId, runId, "follow_up", "and then?");
  held.open();
  const run = await stage.ended(sessionId, runId);
  assert.deepEqual([run.end, run.turns], [{ stopped: "max_turns" }, 1]);
  assert.deepEqual(stage.store.messages.all(sessionId).at(-1), { role: "user", text: "and then?" });
});

test("the same call that fails three times ends the run, and the model's history stays well formed", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: Array.from({ length: 9 }, (_, turn) => calls({ [`c${turn}`]: ["view", { path: "a" }] })),
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { view: (call) => Promise.resolve(toolResult(call, "FILE_NOT_FOUND", true)) },
  });
  const { sessionId, runId } = await stage.begin();
  const { end, turns } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "repeated_failure");
  assert.deepEqual([turns, stage.sent.length, stage.store.messages.all(sessionId).at(-1)!.role], [
    3,
    3,
    "tool",
  ]);
  assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
});

test("a worker whose heap is full is replaced by one that is told the whole conversation", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [{ ...calls({ c1: ["view"] }), heapBytes: 300 * 1024 * 1024 }, says("done")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: VIEW });
  const { sessionId, runId } = await stage.begin();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(ring1.told.map(({ kind }) => kind), ["start", "start"]);
  const [, second] = ring1.told;
  assert.ok(second?.kind === "start");
  assert.deepEqual(second.run.messages.map(({ role }) => role), ["user", "assistant", "tool"]);
});

test("a worker is told what is new alone; a second run of the session starts with all of it", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["view"] }), says("done"), says("again")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: VIEW });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  const second = await stage.begin({ sessionId, text: "more" });
  await stage.ended(sessionId, second.runId);
  const [start, next, again] = ring1.told;
  assert.ok(start?.kind === "start" && next?.kind === "next" && again?.kind === "start");
  assert.deepEqual(next.messages.map(({ role }) => role), ["assistant", "tool"]);
  assert.deepEqual(again.run.messages.map(({ role }) => role), [
    "user",
    "assistant",
    "tool",
    "assistant",
    "user",
  ]);
  assert.ok(second.cursor > 0);
  assert.match(start.run.systemPrompt, /## Available Tools\n\n- stakpak__view/);
});

test("an answer without a word ends the run, and leaves no empty message", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [{ ...says(""), parts: [] }] }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.store.messages.all(sessionId), [{ role: "user", text: "hello" }]);
});

test("an answer cut at its limit says so", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [says("long", { finish: "max_output_tokens" })] }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.events(sessionId).find(({ name }) => name === "turn_completed")?.fields, {
    turn: 1,
    finish_reason: "max_output_tokens",
  });
});

test("a call under the id of an earlier one of its run is never asked about: a late approval of that one would count", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ A: ["view", { path: "x" }] }), calls({ A: ["run_command", { command: "rm -rf /" }] })],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    config: '[profiles.default]\nmodel = "openai/gpt-x"\nauto_approve = []\n',
    tools: { ...VIEW, run_command: (call) => Promise.resolve(toolResult(call)) },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  await stage.runs.decide(sessionId, runId, { A: { action: "accept" } }, "api");
  const { end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "worker_failed", JSON.stringify(end));
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__view"]);
});

test("no secret is put together of the parts of an answer", async () => {
  const secret = "kX9vQ2mL7pR4tZ8wB3nC";
  const parts = [secret.slice(0, 9), secret.slice(9)].map((text) => ({ type: "text" as const, text }));
  const ring1 = scriptedWorkers(scripts({ hello: [says("", { parts })] }));
  const known = new Redactor();
  known.add(secret);
  await using stage = await runStage({
    startWorker: ring1.start,
    change: { redactor: () => Promise.resolve(known) },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  const told = stage.events(sessionId).find(({ name }) => name === "text_complete");
  assert.match(JSON.stringify(told!.fields), /^\{"text":"\[REDACTED_SECRET:known:\w{6}\]"\}$/);
});
