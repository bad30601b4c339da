import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { begun, tempStore } from "./temp_store.ts";

test("inputs are taken once, in their order, each kind for itself", async () => {
  await using temp = await tempStore();
  const { runId } = begun(temp.store);
  const { inputs } = temp.store;
  for (const text of ["a", "b"]) assert.equal(inputs.add(runId, "steering", text), true);
  assert.equal(inputs.add(runId, "follow_up", "c"), true);
  assert.deepEqual([inputs.waiting(runId), inputs.waiting(runId, "steering")], [3, 2]);
  const { inputs: later } = await temp.reopen();
  assert.deepEqual(later.take(runId, "steering"), ["a", "b"]);
  assert.deepEqual(later.take(runId, "steering"), []);
  assert.deepEqual(later.take(runId, "follow_up"), ["c"]);
});

test("what was taken is still there when the transaction that appends it fails", async () => {
  await using temp = await tempStore();
  const { runId } = begun(temp.store);
  const { inputs } = temp.store;
  inputs.add(runId, "steering", "a");
  const work = () => {
    inputs.take(runId, "steering");
    throw new Error("no");
  };
  assert.throws(() => temp.store.transaction(work));
  assert.deepEqual(inputs.take(runId, "steering"), ["a"]);
});

test("a run that has ended, or never was, takes nothing", async () => {
  await using temp = await tempStore();
  const { runId } = begun(temp.store);
  temp.store.runs.end(runId, { stopped: "completed" });
  assert.equal(temp.store.inputs.add(runId, "follow_up", "late"), false);
  assert.equal(temp.store.inputs.add(crypto.randomUUID(), "follow_up", "lost"), false);
  assert.equal(temp.store.inputs.waiting(runId), 0);
});
