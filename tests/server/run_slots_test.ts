import assert from "node:assert/strict";
import { runSlots } from "../../src/server/run_slots.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

test("runSlots() lets runs in in the order in which they came, so many at a time", async () => {
  const slots = runSlots(2, 10);
  const entered: number[] = [];
  const taken = [1, 2, 3, 4].map((number) =>
    slots.take(never).then((slot) => {
      entered.push(number);
      return slot;
    })
  );
  const first = await taken[0]!;
  await taken[1];
  assert.deepEqual([entered, slots.counts()], [[1, 2], { running: 2, queued: 2 }]);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await taken[2];
  assert.deepEqual([entered, slots.counts()], [[1, 2, 3], { running: 2, queued: 1 }]);
});

test("runSlots() lets more in when there is room for more, and fewer without ending any", async () => {
  const slots = runSlots(1, 10);
  const [first, second, third] = [slots.take(never), slots.take(never), slots.take(never)];
  slots.resize(2);
  (await second)[Symbol.dispose]();
  await third;
  slots.resize(1);
  assert.deepEqual(slots.counts(), { running: 2, queued: 0 });
  const last = slots.take(never);
  (await first)[Symbol.dispose]();
  assert.deepEqual(slots.counts(), { running: 1, queued: 1 });
  (await third)[Symbol.dispose]();
  await last;
});

test("runSlots() says when the line is full, and lets go of who leaves it", async () => {
  const slots = runSlots(1, 1);
  await slots.take(never);
  assert.ok(slots.hasRoom());
  const leaving = new AbortController();
  const second = slots.take(leaving.signal);
  assert.ok(!slots.hasRoom());
  const reason = new Error("cancelled");
  leaving.abort(reason);
  await assert.rejects(second, reason);
  await assert.rejects(slots.take(leaving.signal), reason);
  assert.deepEqual(slots.counts(), { running: 1, queued: 0 });
});
