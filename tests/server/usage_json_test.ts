import assert from "node:assert/strict";
import { usageJson } from "../../src/server/usage_json.ts";
import { test } from "../sanitized.ts";

test("usageJson() counts what is not cached and what is no reasoning, never below zero", () => {
  const usage = {
    inputTokens: 100,
    cacheReadTokens: 60,
    cacheWriteTokens: 10,
    outputTokens: 20,
    reasoningTokens: 5,
  };
  assert.deepEqual(usageJson(usage), {
    prompt_tokens: 100,
    completion_tokens: 20,
    total_tokens: 120,
    input_token_details: { total: 100, no_cache: 30, cache_read: 60, cache_write: 10 },
    output_token_details: { total: 20, text: 15, reasoning: 5 },
  });
  const odd = usageJson({ ...usage, inputTokens: 10, outputTokens: 1 });
  assert.deepEqual([odd.input_token_details.no_cache, odd.output_token_details.text], [0, 0]);
});
