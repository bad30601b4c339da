import assert from "node:assert/strict";
import type { AssistantPart } from "../../src/domain/message.ts";
import type { CallState, RunState } from "../../src/server/records.ts";
import { settleRun } from "../../src/server/settle_run.ts";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

const STATES: readonly CallState[] = ["pending", "approved", "started", "done", "rejected"];

/** A run in the middle of a turn with a call of each state. */
async function inTheMiddle(state: RunState = "running") {
  const temp = await tempStore();
  const { store } = temp;
  const run = begun(store);
  store.messages.append(run.sessionId, run.runId, { role: "user", text: "restart it" });
  const parts = STATES.map((name): AssistantPart => ({
    type: "tool_call",
    call: { id: `c-${name}`, name: "stakpak__create", input: {} },
  }));
  store.messages.append(run.sessionId, run.runId, { role: "assistant", parts });
  for (const [position, state] of STATES.entries()) {
    const id = `call_00000000000${position}`;
    store.calls.add(pendingCall(run, { id, position, state: "proposed", callId: `c-${state}` }));
    const isDone = state === "done" || state === "rejected";
    store.calls.move(id, ["proposed"], {
      state,
      ...(isDone && { result: state, isError: state !== "done" }),
    });
  }
  store.runs.update(run.runId, { state, turns: 1 });
  const events = () => store.events.after(run.sessionId, 0, 100).map(({ event }) => event);
  return { ...run, temp, store, events, [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose]() };
}

test("settleRun() gives every call a result, keeps the history well formed, and ends with the one terminal event", async () => {
  await using run = await inTheMiddle();
  const { store, runId, sessionId } = run;
  store.inputs.add(runId, "follow_up", "and then");
  store.inputs.add(runId, "steering", "stop that");
  const end = { failed: "interrupted", error: "killed", retryable: true } as const;
  assert.equal(settleRun(store, runId, end), true);
  const states = store.calls.ofTurn(runId, 1).map(({ state }) => state);
  assert.deepEqual(states, ["cancelled", "cancelled", "unknown", "done", "rejected"]);
  const [, , results, ...said] = store.messages.all(sessionId);
  assert.ok(results?.role === "tool");
  assert.deepEqual(results.results.map(({ callId }) => callId), STATES.map((state) => `c-${state}`));
  assert.match(results.results[2]!.text, /^OUTCOME_UNKNOWN/);
  assert.ok(results.results.every(({ text }) => text !== ""));
  assert.deepEqual(said, [{ role: "user", text: "stop that" }, { role: "user", text: "and then" }]);
  assert.deepEqual(run.events().slice(-2), [
    { name: "turn_completed", fields: { turn: 1, finish_reason: "error" } },
    { name: "run_error", fields: { error: "killed", retryable: true, reason: "interrupted" } },
  ]);
  assert.deepEqual([store.runs.get(runId)!.end, store.runs.active(sessionId)], [end, undefined]);
});

test("settleRun() ends a run once: whoever comes later changes nothing", async () => {
  await using run = await inTheMiddle();
  assert.equal(settleRun(run.store, run.runId, { stopped: "cancelled" }), true);
  const before = JSON.stringify([run.events(), run.store.messages.all(run.sessionId)]);
  assert.equal(settleRun(run.store, run.runId, { stopped: "completed" }), false);
  assert.equal(settleRun(run.store, crypto.randomUUID(), { stopped: "completed" }), false);
  assert.equal(JSON.stringify([run.events(), run.store.messages.all(run.sessionId)]), before);
  assert.deepEqual(run.store.runs.get(run.runId)!.end, { stopped: "cancelled" });
});

test("settleRun() tells of cancelled calls as cancelled", async () => {
  await using run = await inTheMiddle("waiting");
  settleRun(run.store, run.runId, { stopped: "cancelled" });
  const states = run.store.calls.ofTurn(run.runId, 1).map((
    { state, result },
  ) => [state, result?.slice(0, 19)]);
  assert.deepEqual(states.slice(0, 3), Array(3).fill(["cancelled", "TOOL_CALL_CANCELLED"]));
  assert.deepEqual(run.events().slice(-2).map(({ fields }) => fields), [
    { turn: 1, finish_reason: "cancelled" },
    {
      total_turns: 1,
      total_usage: {
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
        input_token_details: { total: 0, no_cache: 0, cache_read: 0, cache_write: 0 },
        output_token_details: { total: 0, text: 0, reasoning: 0 },
      },
      stop_reason: "cancelled",
    },
  ]);
});

test("settleRun() leaves what was asked in the conversation of a run that never began", async () => {
  await using temp = await tempStore();
  const { store } = temp;
  const { sessionId, runId } = begun(store);
  store.inputs.add(runId, "steering", "quickly");
  settleRun(store, runId, { stopped: "cancelled" });
  assert.deepEqual(store.messages.all(sessionId), [
    { role: "user", text: "restart the web server" },
    { role: "user", text: "quickly" },
  ]);
  const names = store.events.after(sessionId, 0, 100).map(({ event }) => event.name);
  assert.deepEqual(names, ["user_message", "run_completed"]);
});
