import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import { keepRetention } from "../../src/server/retention.ts";
import type { Store } from "../../src/server/store.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

/** A store that answers `prune` with these numbers, then with 0, or throws. */
function pruning(answers: (number | Error)[]): { asked: string[]; store: Pick<Store, "events"> } {
  const asked: string[] = [];
  const prune = (before: string) => {
    asked.push(before);
    const answer = answers.shift() ?? 0;
    if (typeof answer !== "number") throw answer;
    return answer;
  };
  return { asked, store: { events: { prune } as Store["events"] } };
}

test("events older than 30 days are removed at the start until none is left, and every hour", async () => {
  using clock = fakeClock(new Date("2026-11-22T12:00:00Z"));
  const { asked, store } = pruning([10_000, 3]);
  using _retention = keepRetention(store, () => new Date(), assert.fail);
  assert.deepEqual(asked, ["2026-10-23T12:00:00.000Z"]);
  await clock.pass(1_000);
  assert.equal(asked.length, 3);
  await clock.pass(3_600_000);
  assert.deepEqual([asked.length, asked[3]], [4, "2026-10-23T13:00:00.200Z"]);
});

test("a store that cannot be written is said, and asked again an hour later; disposing ends it", async () => {
  using clock = fakeClock();
  const { asked, store } = pruning([new UserError("the disk is full")]);
  const said: string[] = [];
  const retention = keepRetention(store, () => new Date(), (line) => void said.push(line));
  assert.deepEqual(said, ["Old events are not removed: the disk is full"]);
  await clock.pass(3_600_000);
  assert.equal(asked.length, 2);
  retention[Symbol.dispose]();
  await clock.pass(7_200_000);
  assert.equal(asked.length, 2);
});
