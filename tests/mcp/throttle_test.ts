import { deepEqual } from "node:assert/strict";
import { throttle } from "../../src/mcp/throttle.ts";
import { test } from "../sanitized.ts";

/** Collects what is passed on, and settles when that is `last`. */
function collector(last: string) {
  const passed: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const pass = (message: string) => {
    passed.push(message);
    if (message === last) resolve();
  };
  return { passed, pass, reached: promise };
}

test("throttle() passes the first at once, then the newest, and drops those in between", async () => {
  const { passed, pass, reached } = collector("d");
  using throttled = throttle(5, pass);
  for (const message of ["a", "b", "c", "d"]) throttled.say(message);
  deepEqual(passed, ["a"]);
  await reached;
  deepEqual(passed, ["a", "d"]);
});

test("throttle() passes the first at once again after a pause", async () => {
  const { passed, pass, reached } = collector("b");
  using throttled = throttle(5, pass);
  throttled.say("a");
  throttled.say("b");
  await reached;
  const paused = collector("over");
  using pause = throttle(20, paused.pass);
  pause.say("begin");
  pause.say("over");
  await paused.reached;
  throttled.say("c");
  deepEqual(passed, ["a", "b", "c"]);
});

test("throttle() is silent once it is disposed", () => {
  const passed: string[] = [];
  const throttled = throttle(5, (message) => passed.push(message));
  throttled.say("a");
  throttled.say("b");
  throttled[Symbol.dispose]();
  throttled.say("c");
  deepEqual(passed, ["a"]);
});
