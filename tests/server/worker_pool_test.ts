import assert from "node:assert/strict";
import type { WorkerListener } from "../../src/host/worker.ts";
import { workerPool } from "../../src/server/worker_pool.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

interface Started {
  readonly listener: WorkerListener;
  ended: boolean;
}

function stage() {
  const started: Started[] = [];
  const pool = workerPool((_name, _grants, listener) => {
    const one: Started = { listener, ended: false };
    started.push(one);
    return { tell() {}, end: () => void (one.ended = true) };
  });
  const take = () => {
    const heard: unknown[] = [];
    const worker = pool.take({ said: (said) => heard.push(said), failed: (why) => heard.push({ why }) });
    return { worker, heard };
  };
  return { pool, started, take };
}

test("workerPool() starts no worker before a run wants one, and keeps one warm only after it", async () => {
  using clock = fakeClock();
  const { pool, started, take } = stage();
  await clock.pass(10_000);
  assert.equal(started.length, 0);
  const { worker } = take();
  await clock.pass(10_000);
  assert.equal(started.length, 1);
  worker.end();
  assert.ok(started[0]!.ended);
  await clock.pass(10_000);
  assert.equal(started.length, 2);
  take().worker.end();
  await clock.pass(10_000);
  assert.deepEqual([started.length, started[1]!.ended], [3, true]);
  pool[Symbol.dispose]();
  assert.ok(started[2]!.ended);
});

test("workerPool() gives each worker to one run, and tells it what was said before", async () => {
  using clock = fakeClock();
  const { pool, started, take } = stage();
  take().worker.end();
  await clock.pass(1_000);
  started[1]!.listener.said({ kind: "ready" });
  const { heard } = take();
  assert.deepEqual(heard, []);
  await Promise.resolve();
  assert.deepEqual(heard, [{ kind: "ready" }]);
  started[1]!.listener.said("more");
  started[1]!.listener.failed("a bug");
  assert.deepEqual(heard, [{ kind: "ready" }, "more", { why: "a bug" }]);
  take();
  assert.equal(started.length, 3);
  pool[Symbol.dispose]();
});

test("workerPool() gives nobody a warm worker that failed, or that spoke without being asked", async () => {
  using clock = fakeClock();
  const { pool, started, take } = stage();
  take().worker.end();
  await clock.pass(1_000);
  started[1]!.listener.failed("out of memory");
  take().worker.end();
  await clock.pass(1_000);
  assert.equal(started.length, 4);
  started[3]!.listener.said({ kind: "ready" });
  started[3]!.listener.said({ kind: "ready" });
  assert.ok(started[3]!.ended);
  take();
  assert.equal(started.length, 5);
  pool[Symbol.dispose]();
});
