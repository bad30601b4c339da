import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { spendTokens } from "../../src/server/spend_tokens.ts";
import { tokenShares } from "../../src/server/token_shares.ts";
import { test } from "../sanitized.ts";
import { begun, type TempStore, tempStore } from "./temp_store.ts";

const NEVER = new AbortController().signal;

function stage(temp: TempStore) {
  const parts = {
    store: temp.store,
    host: { now: () => new Date(temp.at), env: () => undefined } as never,
  };
  const shares = tokenShares(parts);
  const take = (most: number, budget: Parameters<typeof shares.take>[1]["budget"], signal = NEVER) =>
    shares.take(begun(temp.store).runId, { budget }, most, signal);
  return {
    take,
    use: (inputTokens: number) => spendTokens(parts, begun(temp.store).runId, { ...NO_USAGE, inputTokens }),
  };
}

test("calls at once may together use no more than the day has left; who waits gets what they leave", async () => {
  await using temp = await tempStore();
  const { take, use } = stage(temp);
  const budget = { "tokens_per_day": 1_000 };
  const first = await take(600, budget);
  const second = await take(300, budget);
  assert.deepEqual([first.tokens, second.tokens], [1_000, 400]);
  let third: number | undefined;
  const waiting = take(600, budget).then((share) => (third = share.tokens, share));
  await setImmediate();
  assert.equal(third, undefined);
  use(100);
  first[Symbol.dispose]();
  first[Symbol.dispose]();
  await waiting;
  assert.equal(third, 600);
});

test("a call that alone could use up what is left goes ahead with that, once no other is under way", async () => {
  await using temp = await tempStore();
  const { take, use } = stage(temp);
  use(950);
  const first = await take(600, { tokens_per_day: 1_000 });
  const second = take(600, { tokens_per_day: 1_000 });
  use(40);
  first[Symbol.dispose]();
  assert.deepEqual([first.tokens, (await second).tokens], [50, 10]);
});

test("a run's own budget is never waited for, and without budgets nothing is", async () => {
  await using temp = await tempStore();
  const { take } = stage(temp);
  for (let calls = 0; calls < 3; calls++) {
    assert.equal((await take(600, {})).tokens, undefined);
    assert.equal((await take(600, { tokens_per_run: 100, tokens_per_day: 1_000 })).tokens, 100);
  }
});

test("a call that waits for the budget ends with its run", async () => {
  await using temp = await tempStore();
  const { take } = stage(temp);
  const budget = { "tokens_per_day": 1_000 };
  using _first = await take(1_000, budget);
  const cancelling = new AbortController();
  const waiting = take(1_000, budget, cancelling.signal);
  const reason = new Error("cancelled");
  cancelling.abort(reason);
  await assert.rejects(waiting, reason);
});
