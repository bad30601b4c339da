import assert from "node:assert/strict";
import type { ApiError } from "../../src/server/api_error.ts";
import { decideCall } from "../../src/server/decide_call.ts";
import type { CallRecord } from "../../src/server/records.ts";
import type { Store } from "../../src/server/store.ts";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

const NOW = "2026-11-23T10:00:00.000Z";
const LATER = "2026-11-24T10:00:00.000Z";
const ACCEPT = { action: "accept" } as const;
const REJECT = { action: "reject", reason: "not on Fridays" } as const;

/** A store with a call that waits. */
async function waiting(change: Partial<CallRecord> = {}) {
  const temp = await tempStore();
  const { store } = temp;
  const call = pendingCall(begun(store), { requestedAt: NOW, expiresAt: LATER, ...change });
  store.calls.add(call);
  return {
    store,
    decide: (decision: Parameters<typeof decideCall>[2], by = "cli:ada", now = NOW) =>
      decideCall(store, call.id, decision, by, now),
    call: () => store.calls.get(call.id)!,
    [Symbol.asyncDispose]: () => temp[Symbol.asyncDispose](),
  };
}

const decisions = (store: Store) =>
  store.audit.list({ limit: 10, offset: 0, kind: "decision" }).records.map(({ outcome, actor, details }) => [
    outcome,
    actor,
    details,
  ]);

function refused(code: string) {
  return (error: unknown) => (error as ApiError).code === code;
}

test("decideCall() takes a decision once, with who, when and why, and records it", async () => {
  await using stage = await waiting();
  assert.equal(stage.decide(REJECT), true);
  const { state, decidedBy, decidedAt, reason } = stage.call();
  assert.deepEqual([state, decidedBy, decidedAt, reason], ["rejected", "cli:ada", NOW, "not on Fridays"]);
  const { id, hash } = stage.call();
  const details = { call: id, hash, reason: "not on Fridays" };
  assert.deepEqual(decisions(stage.store), [["rejected", "cli:ada", details]]);
});

test("decideCall() says that the same was decided before, and refuses another decision", async () => {
  await using stage = await waiting();
  assert.equal(stage.decide(ACCEPT), true);
  assert.equal(stage.decide(ACCEPT, "api"), false);
  assert.throws(() => stage.decide(REJECT), refused("already_resolved"));
  assert.deepEqual([stage.call().state, stage.call().decidedBy], ["approved", "cli:ada"]);
  assert.equal(decisions(stage.store).length, 1);
  stage.store.calls.move(stage.call().id, ["approved"], { state: "started" });
  assert.equal(stage.decide(ACCEPT), false);
});

test("decideCall() gives a call an answer in place of its result", async () => {
  await using stage = await waiting();
  const answer = { action: "custom_result", content: "42" } as const;
  assert.equal(stage.decide(answer), true);
  assert.deepEqual([stage.call().state, stage.call().result, stage.call().isError], ["done", "42", false]);
  assert.equal(stage.decide(answer), false);
  assert.throws(() => stage.decide({ ...answer, content: "43" }), refused("already_resolved"));
});

test("decideCall() refuses what is too late, what was cancelled, and what never waited", async () => {
  await using late = await waiting();
  assert.throws(() => late.decide(ACCEPT, "cli:ada", LATER), refused("already_resolved"));
  assert.equal(late.call().state, "pending");
  await using cancelled = await waiting({ state: "cancelled" });
  assert.throws(() => cancelled.decide(REJECT), refused("already_resolved"));
  await using unasked = await waiting({ state: "approved", expiresAt: undefined });
  assert.throws(() => unasked.decide(ACCEPT), refused("unknown_approval"));
  assert.throws(() => decideCall(late.store, "call_x", ACCEPT, "api", NOW), refused("unknown_approval"));
});

test("decideCall() lets calls on the host be approved at a terminal alone, and rejected anywhere", async () => {
  await using stage = await waiting({ place: "host" });
  for (const by of ["api", "cli:ada", "terminalx:ada"]) {
    assert.throws(() => stage.decide(ACCEPT, by), refused("terminal_only"));
  }
  assert.equal(stage.decide(ACCEPT, "terminal:ada"), true);
  await using other = await waiting({ place: "host" });
  assert.equal(other.decide(REJECT, "api"), true);
});
