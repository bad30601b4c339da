import { deepEqual, equal, match } from "node:assert/strict";
import type { ModelFailure } from "../../src/agent/model_failure.ts";
import { pauseMs, PAUSES, retry } from "../../src/agent/retry.ts";
import { test } from "../sanitized.ts";

const failure = (kind: ModelFailure["kind"], retryAfterMs?: number): ModelFailure => ({
  kind,
  brief: "",
  full: "",
  ...retryAfterMs !== undefined && { retryAfterMs },
});

test("pauses are 2, 4, 8 and at most 30 seconds", () => {
  deepEqual([1, 2, 3, 10].map((attempt) => pauseMs(attempt)), [2_000, 4_000, 8_000, 30_000]);
});

test("runs that failed together do not come back together", () => {
  const delays = [0, 0.5, 1].map((random) => retry(2, failure("passing"), PAUSES, random));
  deepEqual(delays, [2_000, 3_000, 4_000].map((delayMs) => ({ again: true, delayMs })));
});

test("a provider that says when to come back is believed, and never asked before", () => {
  const delays = [0, 1].map((random) => retry(1, failure("passing", 20_000), PAUSES, random));
  deepEqual(delays, [20_000, 22_000].map((delayMs) => ({ again: true, delayMs })));
  deepEqual(retry(1, failure("passing", 0), PAUSES, 1), { again: true, delayMs: 0 });
});

test("more than a minute is not waited for, and that is said", () => {
  equal(retry(1, failure("passing", 60_000), PAUSES, 0).again, true);
  const long = retry(1, failure("passing", 60_001), PAUSES, 0);
  match(long.again ? "" : long.why, /asked again after 61 s, more than the 60 s that a run waits/);
});

test("there are three more tries", () => {
  deepEqual([1, 2, 3, 4].map((attempt) => retry(attempt, failure("passing"), PAUSES, 0).again), [
    true,
    true,
    true,
    false,
  ]);
});

test("what does not pass is not tried again", () => {
  for (const kind of ["lasting", "refused", "too_long"] as const) {
    deepEqual(retry(1, failure(kind), PAUSES, 0), { again: false, why: "" });
  }
});
