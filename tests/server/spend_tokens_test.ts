import assert from "node:assert/strict";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { spendTokens, tokensLeft } from "../../src/server/spend_tokens.ts";
import { test } from "../sanitized.ts";
import { begun, tempStore } from "./temp_store.ts";

const used = { ...NO_USAGE, inputTokens: 60, outputTokens: 10 };

test("tokensLeft() is the least of what the run's and the day's budget leave, never below zero", async () => {
  await using temp = await tempStore();
  const parts = {
    store: temp.store,
    host: { now: () => new Date(temp.at), env: () => undefined } as never,
  };
  const { runId } = begun(temp.store);
  const left = (budget: { tokens_per_run?: number; tokens_per_day?: number }) =>
    tokensLeft(parts, runId, { budget });
  assert.equal(left({}), undefined);
  assert.equal(left({ tokens_per_run: 100, tokens_per_day: 1_000 }), 100);
  spendTokens(parts, runId, used);
  spendTokens(parts, begun(temp.store).runId, used);
  assert.equal(left({ tokens_per_run: 100 }), 30);
  assert.equal(left({ tokens_per_run: 100, tokens_per_day: 150 }), 10);
  assert.equal(left({ tokens_per_run: 50 }), 0);
  temp.at = "2026-11-24T00:00:00.000Z";
  assert.equal(left({ tokens_per_day: 150 }), 150);
});

test("spendTokens() counts for the day also what came when the run had ended", async () => {
  await using temp = await tempStore();
  const parts = {
    store: temp.store,
    host: { now: () => new Date(temp.at), env: () => undefined } as never,
  };
  const { runId } = begun(temp.store);
  spendTokens(parts, runId, used);
  temp.store.runs.end(runId, { stopped: "cancelled" });
  spendTokens(parts, runId, used);
  assert.equal(temp.store.runs.get(runId)!.usage.inputTokens, 60);
  assert.equal(temp.store.days.tokens("2026-11-23"), 140);
});
