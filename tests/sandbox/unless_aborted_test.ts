import { equal, rejects } from "node:assert/strict";
import { unlessAborted } from "../../src/sandbox/unless_aborted.ts";
import { test } from "../sanitized.ts";

test("work is waited for, unless the signal aborts first", async () => {
  const stop = new AbortController();
  equal(await unlessAborted(stop.signal, Promise.resolve(1)), 1);
  await rejects(unlessAborted(stop.signal, Promise.reject(new Error("its own"))), /its own/);
  const waiting = rejects(unlessAborted(stop.signal, new Promise(() => {})), /enough/);
  stop.abort(new Error("enough"));
  await waiting;
  await rejects(unlessAborted(stop.signal, Promise.resolve(1)), /enough/);
});
