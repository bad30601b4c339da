import assert from "node:assert/strict";
import { openDatabase } from "../../src/server/database.ts";
import { test } from "../sanitized.ts";
import { begun, REQUEST, tempStore, turn } from "./temp_store.ts";

test("events count from 1 in each session, and go on over restarts", async () => {
  await using temp = await tempStore();
  const [one, two] = [begun(temp.store), begun(temp.store)];
  const first = temp.store.events.append(one.sessionId, one.runId, turn(1));
  assert.deepEqual(first, {
    id: 1,
    sessionId: one.sessionId,
    runId: one.runId,
    timestamp: temp.at,
    event: turn(1),
  });
  assert.equal(temp.store.events.append(two.sessionId, undefined, turn(1)).id, 1);
  const { events } = await temp.reopen();
  assert.equal(events.append(one.sessionId, one.runId, turn(2)).id, 2);
  assert.deepEqual(events.after(one.sessionId, 0, 9)[0], first);
  assert.equal(events.after(two.sessionId, 0, 9)[0]!.runId, undefined);
});

test("after() is what comes behind an id, in its order, up to a limit", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { events } = temp.store;
  for (let number = 1; number <= 5; number++) events.append(sessionId, runId, turn(number));
  assert.deepEqual(events.after(sessionId, 2, 2).map(({ id }) => id), [3, 4]);
  assert.deepEqual(events.after(sessionId, 5, 2), []);
  assert.deepEqual(events.bounds(sessionId), { oldest: 1, newest: 5 });
  assert.deepEqual(events.bounds(crypto.randomUUID()), { oldest: 0, newest: 0 });
});

test("an event that was not kept leaves no gap", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { events } = temp.store;
  const work = () => {
    events.append(sessionId, runId, turn(1));
    throw new Error("no");
  };
  assert.throws(() => temp.store.transaction(work));
  assert.equal(events.append(sessionId, runId, turn(1)).id, 1);
  assert.throws(() => events.append(crypto.randomUUID(), undefined, turn(1)), /there is no session/);
});

test("prune() removes the oldest of ended runs; what stays has no hole, and ids go on", async () => {
  await using temp = await tempStore();
  const { events, runs } = temp.store;
  const { sessionId, runId } = begun(temp.store);
  const days = ["2026-10-01", "2026-11-20", "2026-10-02", "2026-11-21"];
  for (const [index, day] of days.entries()) {
    temp.at = `${day}T00:00:00.000Z`;
    events.append(sessionId, runId, turn(index + 1));
  }
  runs.end(runId, { stopped: "completed" });
  assert.equal(events.prune("2026-11-01T00:00:00.000Z"), 1);
  assert.deepEqual(events.after(sessionId, 0, 9).map(({ id }) => id), [2, 3, 4]);
  assert.deepEqual(events.bounds(sessionId), { oldest: 2, newest: 4 });
  assert.equal(events.prune("2027-01-01T00:00:00.000Z"), 3);
  assert.deepEqual(events.bounds(sessionId), { oldest: 5, newest: 4 });
  assert.equal(events.append(sessionId, undefined, turn(5)).id, 5);
});

test("prune() leaves a run that has not ended alone, however old it is", async () => {
  await using temp = await tempStore();
  const { events, runs } = temp.store;
  const { sessionId, runId } = begun(temp.store);
  events.append(sessionId, runId, turn(1));
  runs.end(runId, { stopped: "completed" });
  runs.begin({ id: "waits", sessionId, owner: "o", request: REQUEST });
  for (const number of [1, 2]) events.append(sessionId, "waits", turn(number));
  assert.equal(events.prune("2027-01-01T00:00:00.000Z"), 1);
  assert.deepEqual(events.after(sessionId, 0, 9).map(({ id }) => id), [2, 3]);
  assert.equal(events.prune("2027-01-01T00:00:00.000Z"), 0);
});

test("prune() removes so many at a time, over sessions", async () => {
  await using temp = await tempStore();
  const { events, runs } = temp.store;
  const fill = (count: number) => {
    const { sessionId, runId } = begun(temp.store);
    temp.store.transaction(() => {
      for (let number = 1; number <= count; number++) events.append(sessionId, runId, turn(number));
    });
    runs.end(runId, { stopped: "completed" });
  };
  for (const count of [6_000, 5_000]) fill(count);
  const pruned = Array.from({ length: 3 }, () => events.prune("2027-01-01T00:00:00.000Z"));
  assert.deepEqual(pruned, [10_000, 1_000, 0]);
});

test("an event is never changed, whoever tries", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  temp.store.events.append(sessionId, runId, turn(1));
  using file = openDatabase(temp.path);
  assert.throws(() => file.run("UPDATE events SET event = '{}'"), /events are never changed/);
});
