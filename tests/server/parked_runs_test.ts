import assert from "node:assert/strict";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { decideCall } from "../../src/server/decide_call.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { test } from "../sanitized.ts";
import { type RunStage, runStage, type StageOptions, terminals, toolResult } from "./run_stage.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));
const ACCEPT = { action: "accept" } as const;
const ASKS =
  '[profiles.default]\nmodel = "openai/gpt-x"\nallowed_tools = ["view", "create", "run_command"]\nauto_approve = ["view"]\n';

async function asking(change: Partial<StageOptions> = {}): Promise<RunStage> {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create", { path: "x" }], c2: ["create", { path: "y" }] }), says("done")],
  }));
  return await runStage({
    startWorker: ring1.start,
    config: ASKS,
    tools: { view: does, create: does },
    ...change,
  });
}

async function parked(stage: RunStage) {
  const begun = await stage.begin();
  await stage.waiting(begun.sessionId, begun.runId);
  return begun;
}

function results(stage: RunStage, sessionId: string) {
  return stage.store.messages.all(sessionId).flatMap((message) =>
    message.role === "tool" ? message.results : []
  );
}

test("each decision is carried out as it comes, in the model's order for what changes something", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  await stage.runs.decide(sessionId, runId, { c2: ACCEPT }, "api");
  assert.deepEqual([stage.sent.length, stage.store.runs.get(runId)!.state], [0, "waiting"]);
  await stage.runs.decide(sessionId, runId, { c1: { action: "reject", reason: "not x" } }, "api");
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent.map(({ input }) => input), [{ path: "y" }]);
  const [first, second] = results(stage, sessionId);
  assert.deepEqual([first!.isError, second!.isError], [true, false]);
  assert.match(first!.text, /rejected by user: not x/);
  const approved = stage.names(sessionId).filter((name) => name === "waiting_for_tool_approval");
  assert.equal(approved.length, 1);
});

test("a result that people give takes the call's place", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  const answer = { action: "custom_result", content: "it is 42" } as const;
  await stage.runs.decide(sessionId, runId, { c1: answer, c2: answer }, "api");
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent, []);
  assert.deepEqual(results(stage, sessionId).map(({ text, isError }) => [text, isError]), [
    ["it is 42", false],
    ["it is 42", false],
  ]);
});

test("a parked run outlives its service, whether that is stopped or dies, and goes on in the next one", async () => {
  for (const stopped of [true, false]) {
    await using stage = await asking();
    const { sessionId, runId } = await parked(stage);
    if (stopped) await stage.runs[Symbol.asyncDispose]();
    await stage.crash();
    assert.deepEqual(stage.store.calls.pending(sessionId).map(({ callId }) => callId), ["c1", "c2"]);
    await stage.runs.decide(sessionId, runId, { c1: ACCEPT, c2: ACCEPT }, "api");
    const run = await stage.ended(sessionId, runId);
    assert.deepEqual([run.end, run.owner, stage.sent.length], [{ stopped: "completed" }, "instance-1", 2]);
    assert.deepEqual(terminals(stage.store, sessionId)[runId], { count: 1, last: true });
  }
});

test("what was decided while no service lived is carried out by the next one", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  await stage.runs[Symbol.asyncDispose]();
  for (const { id } of stage.store.calls.pending()) {
    decideCall(stage.store, id, ACCEPT, "cli:ada", stage.temp.at);
  }
  assert.equal(stage.store.runs.get(runId)!.state, "waiting");
  await stage.crash();
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 2);
});

test("a decision of another process takes the run on in the service that has it", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  const other = await stage.temp.another();
  for (const { id } of other.calls.pending()) decideCall(other, id, ACCEPT, "terminal:ada", stage.temp.at);
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 2);
});

test("a service that does not take over leaves runs of dead ones be, until resume() names one", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  await stage.crash({ adopts: undefined as never });
  await stage.runs.decide(sessionId, runId, { c1: ACCEPT, c2: ACCEPT }, "cli:ada");
  assert.deepEqual([stage.store.runs.get(runId)!.owner, stage.sent.length], ["first", 0]);
  const { runId: resumed, cursor } = await stage.runs.resume(sessionId);
  assert.deepEqual([resumed, cursor], [runId, stage.store.events.bounds(sessionId).newest]);
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 2);
  await assert.rejects(stage.runs.resume(sessionId), { code: "session_not_running" });
});

test("a profile that does not resolve any more ends the run that it was for", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  stage.config = "[profiles.default]\nmax_turns = 0\n";
  await stage.runs.decide(sessionId, runId, { c1: ACCEPT, c2: ACCEPT }, "api");
  const { end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "invalid_profile", JSON.stringify(end));
  assert.deepEqual(stage.sent, []);
});

test("what policy forbids meanwhile is not carried out, though people approved it", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  stage.config = '[profiles.default]\nmodel = "openai/gpt-x"\nallowed_tools = ["view"]\n';
  await stage.runs.decide(sessionId, runId, { c1: ACCEPT }, "api");
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent, []);
  assert.ok(results(stage, sessionId).every(({ text }) => text.includes("allowed_tools lacks")));
});

test("a record that was changed after it was approved is not carried out", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  const { DatabaseSync } = await import("node:sqlite");
  const file = new DatabaseSync(stage.temp.path);
  file.exec(`UPDATE calls SET input = '{"path":"/etc/passwd"}' WHERE callId = 'c1'`);
  file.close();
  await stage.runs.decide(sessionId, runId, { c1: ACCEPT, c2: ACCEPT }, "api");
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent.map(({ input }) => input), [{ path: "y" }]);
  assert.match(results(stage, sessionId)[0]!.text, /^CALL_CHANGED/);
});

test("nobody decides for 24 hours: the calls are rejected, and the run goes on", async () => {
  await using stage = await asking();
  const { sessionId, runId } = await parked(stage);
  stage.temp.at = "2026-11-24T10:00:00.000Z";
  await assert.rejects(stage.runs.decide(sessionId, runId, { c1: ACCEPT }, "api"), {
    code: "already_resolved",
  });
  await stage.crash();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent, []);
  const { records } = stage.store.audit.list({ limit: 9, offset: 0, kind: "decision" });
  assert.deepEqual(records.map(({ actor }) => actor), ["expiry", "expiry"]);
});

test("a parked run is cancelled, and deleted, like any other", async () => {
  await using stage = await asking();
  const cancelled = await parked(stage);
  await stage.runs.cancel(cancelled.sessionId, cancelled.runId);
  assert.deepEqual(stage.names(cancelled.sessionId).slice(-2), ["turn_completed", "run_completed"]);
  assert.deepEqual(stage.store.messages.all(cancelled.sessionId).at(-1)!.role, "tool");
  const deleted = await parked(stage);
  await stage.runs.delete(deleted.sessionId, "api");
  assert.equal(stage.store.sessions.get(deleted.sessionId), undefined);
  assert.deepEqual(stage.runs.counts(), { running: 0, queued: 0, waiting: 0 });
});

test("calls on the host are approved at a terminal alone", async () => {
  await using stage = await asking({ autopilot: "[server]\nhost_tools = true\n" });
  const { sessionId, runId } = await stage.begin({ sandbox: false });
  await stage.waiting(sessionId, runId);
  const started = stage.events(sessionId)[0]!;
  assert.match(JSON.stringify(started), /"tools":"host".*on the host, outside of any sandbox/);
  const both = { c1: ACCEPT, c2: ACCEPT };
  await assert.rejects(stage.runs.decide(sessionId, runId, both, "api"), {
    status: 403,
    code: "terminal_only",
  });
  await stage.runs.decide(sessionId, runId, both, "terminal:ada");
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 2);
});
