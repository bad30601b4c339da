import assert from "node:assert/strict";
import { expireCalls } from "../../src/server/expire_calls.ts";
import { test } from "../sanitized.ts";
import { begun, pendingCall, tempStore } from "./temp_store.ts";

test("expireCalls() rejects what nobody decided in time, once, and says who did", async () => {
  await using temp = await tempStore();
  const { store } = temp;
  const run = begun(store);
  store.calls.add(pendingCall(run, { id: "call_late", expiresAt: "2026-11-24T10:00:00.000Z" }));
  store.calls.add(
    pendingCall(run, { id: "call_open", position: 1, expiresAt: "2026-11-24T10:00:00.001Z" }),
  );
  const now = new Date("2026-11-24T10:00:00Z");
  expireCalls(store, now);
  expireCalls(store, now);
  const { state, decidedBy, decidedAt, result, isError } = store.calls.get("call_late")!;
  assert.deepEqual([state, decidedBy, decidedAt, isError], [
    "rejected",
    "expiry",
    "2026-11-24T10:00:00.000Z",
    true,
  ]);
  assert.match(result!, /nobody decided in time/);
  assert.equal(store.calls.get("call_open")!.state, "pending");
  const events = store.events.after(run.sessionId, 0, 10).map(({ event }) => event.name);
  assert.deepEqual(events, ["tool_rejected"]);
  const { records } = store.audit.list({ limit: 10, offset: 0 });
  assert.deepEqual(records.map(({ actor, outcome }) => [actor, outcome]), [["expiry", "rejected"]]);
});
