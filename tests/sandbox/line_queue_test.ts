import { deepEqual, equal } from "node:assert/strict";
import { lineQueue } from "../../src/sandbox/line_queue.ts";
import { test } from "../sanitized.ts";

test("lineQueue() gives lines in order, those that came before and those that are waited for", async () => {
  const queue = lineQueue();
  queue.push("one");
  deepEqual(await queue.next(), { done: false, value: "one" });
  const next = queue.next();
  queue.push("two");
  queue.push("three");
  deepEqual([await next, await queue.next()], [{ done: false, value: "two" }, {
    done: false,
    value: "three",
  }]);
});

test("lineQueue() tells who waits that it has ended, and keeps nothing after that", async () => {
  const queue = lineQueue();
  const next = queue.next();
  queue.end();
  queue.push("late");
  deepEqual([await next, await queue.next()], [{ done: true, value: undefined }, {
    done: true,
    value: undefined,
  }]);
});

test("what nobody reads is not kept without end", async () => {
  const queue = lineQueue();
  for (let lines = 0; lines < 1_000; lines++) queue.push("x".repeat(1_023));
  let read = 0;
  while (!(await queue.next()).done) read++;
  equal(read, 257);
});
