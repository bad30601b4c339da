import { deepEqual, equal } from "node:assert/strict";
import { pace } from "../../src/warden/pace.ts";
import { test } from "../sanitized.ts";

test("so many go at once, then each waits for its turn, and silence is credited up to that again", () => {
  let at = 1_000;
  const wait = pace({ burst: 3, perSecond: 10 }, () => at);
  deepEqual([wait(), wait(), wait(), wait(), wait()], [0, 0, 0, 100, 200]);
  at += 200;
  equal(wait(), 100);
  at += 60_000;
  deepEqual([wait(), wait(), wait(), wait()], [0, 0, 0, 100]);
});
