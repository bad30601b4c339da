import { equal } from "node:assert/strict";
import { type Pace, ssePace } from "../../src/server/sse_pace.ts";
import { test } from "../sanitized.ts";

/** Work that takes so long, on a clock that stands still otherwise; it settles at the second time. */
function paced(workMs: number): { pace: Pace; done(): number; twice: Promise<void> } {
  let [now, done] = [0, 0];
  const { promise, resolve } = Promise.withResolvers<void>();
  const work = () => {
    now += workMs;
    if (++done === 2) resolve();
  };
  return { pace: ssePace(work, () => now), done: () => done, twice: promise };
}

test("the first call works at once, and all that come while it rests are one", async () => {
  const { pace, done, twice } = paced(5);
  pace.call();
  equal(done(), 1);
  for (let count = 0; count < 100; count++) pace.call();
  equal(done(), 1);
  await twice;
});

test("work that takes no time is done at each call", () => {
  const { pace, done } = paced(0);
  for (let count = 0; count < 3; count++) pace.call();
  equal(done(), 3);
});

test("what was stopped while it rests does not work any more", async () => {
  const { pace, done } = paced(2);
  pace.call();
  pace.call();
  pace.stop();
  await new Promise((resolve) => setTimeout(resolve, 5));
  equal(done(), 1);
});
