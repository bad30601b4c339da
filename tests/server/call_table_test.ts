import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

const UNDECIDED = {
  decidedBy: undefined,
  decidedAt: undefined,
  reason: undefined,
  result: undefined,
  isError: undefined,
};

test("a call comes back as it was, by its id and by its turn", async () => {
  await using temp = await tempStore();
  const call = pendingCall(begun(temp.store), { input: null });
  temp.store.calls.add({ ...call, id: "call_2", position: 1, expiresAt: undefined, state: "approved" });
  temp.store.calls.add(call);
  const { calls } = await temp.reopen();
  assert.deepEqual(calls.get(call.id), { ...call, ...UNDECIDED });
  assert.deepEqual(calls.ofTurn(call.runId, 1).map(({ id }) => id), [call.id, "call_2"]);
  assert.deepEqual(calls.ofTurn(call.runId, 2), []);
  assert.equal(calls.get("call_none"), undefined);
});

test("move() changes a call from a state that is named, and from no other: who decides is first or late", async () => {
  await using temp = await tempStore();
  const call = pendingCall(begun(temp.store));
  temp.store.calls.add(call);
  const other = await temp.another();
  const decided = { state: "approved", decidedBy: "cli:ada", decidedAt: temp.at } as const;
  assert.equal(other.calls.move(call.id, ["pending"], decided), true);
  assert.equal(other.calls.move(call.id, ["pending"], { state: "rejected", reason: "late" }), false);
  assert.equal(other.calls.move("call_none", ["pending"], decided), false);
  assert.equal(other.calls.move(call.id, ["proposed", "approved"], { state: "started" }), true);
  assert.equal(other.calls.move(call.id, ["started"], { state: "done", result: "", isError: false }), true);
  const done = other.calls.get(call.id)!;
  assert.deepEqual(done, { ...call, ...UNDECIDED, ...decided, state: "done", result: "", isError: false });
});

test("pending() is those that wait, the oldest first; approvals() all that ever did, the newest first", async () => {
  await using temp = await tempStore();
  const { calls } = temp.store;
  const [one, two] = [begun(temp.store), begun(temp.store)];
  calls.add(pendingCall(one, { id: "call_1" }));
  calls.add(pendingCall(two, { id: "call_2" }));
  calls.add(pendingCall(one, { id: "call_3", position: 1 }));
  calls.add(pendingCall(one, { id: "call_4", position: 2, state: "approved", expiresAt: undefined }));
  calls.move("call_1", ["pending"], { state: "rejected" });
  const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);
  assert.deepEqual(ids(calls.pending()), ["call_2", "call_3"]);
  assert.deepEqual(ids(calls.pending(one.sessionId)), ["call_3"]);
  assert.deepEqual(ids(calls.approvals({ limit: 2, offset: 0 }).approvals), ["call_3", "call_2"]);
  assert.deepEqual(ids(calls.approvals({ limit: 2, offset: 2 }).approvals), ["call_1"]);
  assert.equal(calls.approvals({ limit: 1, offset: 0 }).total, 3);
});

test("a call that becomes pending later is an approval from then on", async () => {
  await using temp = await tempStore();
  const { calls } = temp.store;
  const call = pendingCall(begun(temp.store), { state: "proposed", expiresAt: undefined });
  calls.add(call);
  assert.equal(calls.approvals({ limit: 9, offset: 0 }).total, 0);
  calls.move(call.id, ["proposed"], { state: "pending", expiresAt: "2026-11-24T10:00:00.000Z" });
  assert.equal(calls.approvals({ limit: 9, offset: 0 }).approvals[0]!.expiresAt, "2026-11-24T10:00:00.000Z");
});

test("an id is never given twice, nor a place in a turn", async () => {
  await using temp = await tempStore();
  const call = pendingCall(begun(temp.store));
  temp.store.calls.add(call);
  assert.throws(() => temp.store.calls.add({ ...call, position: 1 }), /UNIQUE/);
  assert.throws(() => temp.store.calls.add({ ...call, id: "call_2" }), /UNIQUE/);
});
