import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { begun, pendingCall, REQUEST, tempStore, turn } from "./temp_store.ts";

/** Lets what is due in this tick happen. */
const tick = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test("who watches a session is woken within the tick by what this process writes to it, once for all of it", async () => {
  await using temp = await tempStore();
  const [run, other] = [begun(temp.store), begun(temp.store)];
  let woken = 0;
  using _watch = temp.store.watch(run.sessionId, () => void woken++);
  temp.store.events.append(run.sessionId, run.runId, turn(1));
  temp.store.events.append(run.sessionId, run.runId, turn(2));
  assert.equal(woken, 0);
  await tick();
  assert.equal(woken, 1);
  temp.store.events.append(other.sessionId, other.runId, turn(1));
  await tick();
  assert.equal(woken, 1);
});

test("everything that is written about a session wakes: runs, messages, inputs, calls, its end", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { store } = temp;
  const woken: string[] = [];
  let doing = "";
  using _watch = store.watch(sessionId, () => void woken.push(doing));
  const works: Record<string, () => unknown> = {
    update: () => store.sessions.update(sessionId, { title: "b" }),
    message: () => store.messages.append(sessionId, runId, { role: "user", text: "hi" }),
    input: () => store.inputs.add(runId, "steering", "x"),
    call: () => store.calls.add(pendingCall({ sessionId, runId })),
    decision: () => store.calls.move("call_0123456789ab", ["pending"], { state: "approved" }),
    state: () => store.runs.update(runId, { state: "running" }),
    end: () => store.runs.end(runId, { stopped: "completed" }),
    begin: () => store.runs.begin({ id: "next", sessionId, owner: "o", request: REQUEST }),
    delete: () => store.sessions.delete(sessionId),
  };
  for (const [name, work] of Object.entries(works)) {
    doing = name;
    work();
    await tick();
  }
  assert.deepEqual(woken, Object.keys(works));
});

test("nobody is woken in a transaction, nor by one that failed", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { store } = temp;
  let woken = 0;
  using _watch = store.watch(sessionId, () => void woken++);
  assert.throws(() =>
    store.transaction(() => {
      store.events.append(sessionId, runId, turn(1));
      throw new Error("no");
    })
  );
  await tick();
  assert.equal(woken, 0);
  store.transaction(() => store.events.append(sessionId, runId, turn(1)));
  await tick();
  assert.equal(woken, 1);
});

test("who watches is woken by what another one has written", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const watching = temp.store;
  const other = await temp.another();
  for (let number = 1; number <= 2; number++) {
    const woken = Promise.withResolvers<void>();
    using _watch = watching.watch(sessionId, woken.resolve);
    other.events.append(sessionId, runId, turn(number));
    await woken.promise;
    assert.equal(watching.events.bounds(sessionId).newest, number);
  }
});

test("a thousand watchers of one session are woken once each by a burst; who has left is not", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { store } = temp;
  let woken = 0;
  const watches = Array.from({ length: 1_000 }, () => store.watch(sessionId, () => void woken++));
  store.transaction(() => {
    for (let number = 1; number <= 100; number++) store.events.append(sessionId, runId, turn(number));
  });
  await tick();
  assert.equal(woken, 1_000);
  for (const watch of watches.splice(0, 999)) watch[Symbol.dispose]();
  store.events.append(sessionId, runId, turn(101));
  await tick();
  assert.equal(woken, 1_001);
  for (const watch of watches) watch[Symbol.dispose]();
});

test("a wake may end the watch of another, which is not woken then, and watch anew", async () => {
  await using temp = await tempStore();
  const { sessionId, runId } = begun(temp.store);
  const { store } = temp;
  const seen: string[] = [];
  const watches: Disposable[] = [];
  watches.push(store.watch(sessionId, () => {
    seen.push("first");
    watches[1]![Symbol.dispose]();
    watches.push(store.watch(sessionId, () => void seen.push("third")));
  }));
  watches.push(store.watch(sessionId, () => void seen.push("second")));
  store.events.append(sessionId, runId, turn(1));
  await tick();
  assert.deepEqual(seen, ["first"]);
  watches[0]![Symbol.dispose]();
  store.events.append(sessionId, runId, turn(2));
  await tick();
  assert.deepEqual(seen, ["first", "third"]);
});
