import assert from "node:assert/strict";
import { heldOnce } from "../../src/server/held_once.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

function stage() {
  const made: { ends: number }[] = [];
  const gate = { open: Promise.resolve(), failure: undefined as Error | undefined };
  const held = heldOnce(async (signal) => {
    await gate.open;
    signal.throwIfAborted();
    if (gate.failure) throw gate.failure;
    const one = { ends: 0, [Symbol.asyncDispose]: () => Promise.resolve(void one.ends++) };
    made.push(one);
    return one;
  });
  return { held, made, gate };
}

test("heldOnce() makes it at the first use, once for all who ask", async () => {
  const { held, made } = stage();
  assert.equal(held.isHeld(), false);
  const [one, two] = await Promise.all([held.get(never), held.get(never)]);
  assert.equal(one, two);
  assert.equal(held.isHeld(), true);
  await held[Symbol.asyncDispose]();
  assert.deepEqual(made.map(({ ends }) => ends), [1]);
});

test("heldOnce() tries again after a failure", async () => {
  const { held, made, gate } = stage();
  gate.failure = new Error("no room");
  await assert.rejects(held.get(never), /no room/);
  gate.failure = undefined;
  await held.get(never);
  assert.equal(made.length, 1);
  await held[Symbol.asyncDispose]();
});

test("heldOnce() lets one who goes away go, and gives it to the others", async () => {
  const { held, made, gate } = stage();
  const opened = Promise.withResolvers<void>();
  gate.open = opened.promise;
  const leaving = new AbortController();
  const [left, stays] = [held.get(leaving.signal), held.get(never)];
  leaving.abort(new Error("enough"));
  await assert.rejects(left, /enough/);
  opened.resolve();
  await stays;
  assert.equal(made.length, 1);
  await held[Symbol.asyncDispose]();
});

test("heldOnce() makes another after one was forgotten, and gives both back", async () => {
  const { held, made } = stage();
  const first = await held.get(never);
  held.forget(first);
  await Promise.resolve();
  const second = await held.get(never);
  assert.notEqual(first, second);
  held.forget(first);
  assert.equal(await held.get(never), second);
  await held[Symbol.asyncDispose]();
  assert.deepEqual(made.map(({ ends }) => ends), [1, 1]);
});

test("heldOnce() ends what is being made when it is given back, and gives nothing any more", async () => {
  const { held, made, gate } = stage();
  const opened = Promise.withResolvers<void>();
  gate.open = opened.promise;
  const asked = assert.rejects(held.get(never), /given back/);
  const disposed = held[Symbol.asyncDispose]();
  opened.resolve();
  await Promise.all([asked, disposed]);
  assert.equal(made.length, 0);
  await assert.rejects(held.get(never), /given back/);
});
