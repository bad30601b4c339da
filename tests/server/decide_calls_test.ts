import assert from "node:assert/strict";
import { Redactor } from "../../src/secrets/redactor.ts";
import { decideCalls } from "../../src/server/decide_calls.ts";
import type { DecisionAction } from "../../src/server/run_service.ts";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";
const ACCEPT = { action: "accept" } as const;

async function stage() {
  const temp = await tempStore();
  const { store } = temp;
  const { sessionId, runId } = begun(store);
  store.runs.update(runId, { turns: 2 });
  const run = { sessionId, runId };
  store.calls.add(pendingCall(run, { id: "call_old", callId: "old", turn: 1 }));
  store.calls.add(pendingCall(run, { id: "call_a", callId: "a", turn: 2 }));
  store.calls.add(pendingCall(run, { id: "call_b", callId: "b", turn: 2, position: 1 }));
  const unasked = { state: "approved", expiresAt: undefined } as const;
  store.calls.add(pendingCall(run, { id: "call_c", callId: "c", turn: 2, position: 2, ...unasked }));
  const redactor = new Redactor();
  redactor.add(SECRET);
  return {
    store,
    decide: (decisions: Record<string, DecisionAction>) =>
      decideCalls(
        { store, redactor, now: temp.at, by: "api" },
        store.runs.get(runId)!,
        decisions,
      ),
    states: () => store.calls.ofTurn(runId, 2).map(({ state }) => state),
    [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose](),
  };
}

test("decideCalls() decides all that are named, by the provider's ids", async () => {
  await using one = await stage();
  one.decide({ a: ACCEPT, b: { action: "reject", reason: `not with ${SECRET}` } });
  assert.deepEqual(one.states(), ["approved", "rejected", "approved"]);
  const rejected = one.store.calls.get("call_b")!;
  assert.match(rejected.result!, /rejected by user: not with \[REDACTED/);
  assert.ok(!JSON.stringify([rejected, one.store.audit.list({ limit: 9, offset: 0 })]).includes(SECRET));
});

test("decideCalls() decides none when one of them is unknown, of another turn, or decided otherwise", async () => {
  await using one = await stage();
  for (
    const [id, code] of [["x", "unknown_tool_call"], ["old", "unknown_tool_call"], ["c", "already_resolved"]]
  ) {
    assert.throws(() => one.decide({ a: ACCEPT, [id!]: ACCEPT }), { code });
    assert.deepEqual(one.states(), ["pending", "pending", "approved"]);
  }
  one.decide({ b: { action: "reject" } });
  assert.throws(() => one.decide({ a: ACCEPT, b: ACCEPT }), { code: "already_resolved" });
  assert.deepEqual(one.states(), ["pending", "rejected", "approved"]);
});

test("decideCalls() takes the same decision twice, and a result of people in place of the call's", async () => {
  await using one = await stage();
  const answer = { action: "custom_result", content: `use ${SECRET}` } as const;
  one.decide({ a: ACCEPT, b: answer });
  one.decide({ a: ACCEPT, b: answer });
  assert.throws(() => one.decide({ b: ACCEPT }), { code: "already_resolved" });
  const { state, result, isError } = one.store.calls.get("call_b")!;
  assert.deepEqual([state, isError], ["done", false]);
  assert.match(result!, /^use \[REDACTED/);
});
