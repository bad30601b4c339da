import assert from "node:assert/strict";
import { test } from "../sanitized.ts";
import { tempStore } from "./temp_store.ts";

test("tokens are added up by day, over all that have the file open; those of the cache are in them", async () => {
  await using temp = await tempStore();
  const other = await temp.another();
  const usage = {
    inputTokens: 100,
    cacheReadTokens: 60,
    cacheWriteTokens: 20,
    outputTokens: 10,
    reasoningTokens: 5,
  };
  temp.store.days.add("2026-11-23", usage);
  other.days.add("2026-11-23", usage);
  other.days.add("2026-11-24", usage);
  assert.equal(temp.store.days.tokens("2026-11-23"), 220);
  assert.equal(temp.store.days.tokens("2026-11-24"), 110);
  assert.equal(temp.store.days.tokens("2026-11-25"), 0);
});
