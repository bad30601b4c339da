import assert from "node:assert/strict";
import { interruptRun } from "../../src/server/interrupt_run.ts";
import type { CallState } from "../../src/server/records.ts";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

/** A run whose turn has a call of each of `states`. */
async function withCalls(states: readonly CallState[]) {
  const temp = await tempStore();
  const { store } = temp;
  const run = begun(store);
  for (const [position, state] of states.entries()) {
    const id = `call_00000000000${position}`;
    store.calls.add(pendingCall(run, { id, position, state: "proposed", callId: state }));
    store.calls.move(id, ["proposed"], { state });
  }
  store.runs.update(run.runId, { state: "running", turns: 1 });
  const names = () => store.events.after(run.sessionId, 0, 100).map(({ event }) => event.name);
  return { ...run, store, names, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() };
}

test("interruptRun() leaves people who were asked their say: the run waits, and what was under way is unknown", async () => {
  await using run = await withCalls(["started", "approved", "pending"]);
  const { store, runId } = run;
  assert.equal(interruptRun(store, runId, "killed"), "waiting");
  const calls = store.calls.ofTurn(runId, 1);
  assert.deepEqual(calls.map(({ state }) => state), ["unknown", "approved", "pending"]);
  assert.match(calls[0]!.result!, /^OUTCOME_UNKNOWN/);
  assert.equal(store.runs.get(runId)!.state, "waiting");
  assert.deepEqual(run.names(), ["tool_execution_completed", "waiting_for_tool_approval"]);
});

test("interruptRun() ends a run that nobody was asked about", async () => {
  await using run = await withCalls(["started", "approved"]);
  assert.equal(interruptRun(run.store, run.runId, "killed"), "ended");
  assert.deepEqual(run.store.runs.get(run.runId)!.end, {
    failed: "interrupted",
    error: "killed",
    retryable: true,
  });
  assert.equal(run.names().at(-1), "run_error");
});
