import assert from "node:assert/strict";
import { addUsage, NO_USAGE } from "../../src/domain/usage.ts";
import { test } from "../sanitized.ts";

const USAGE = {
  inputTokens: 1,
  cacheReadTokens: 2,
  cacheWriteTokens: 3,
  outputTokens: 4,
  reasoningTokens: 5,
};

test("addUsage() adds each kind of token by itself", () => {
  const sum = {
    inputTokens: 2,
    cacheReadTokens: 4,
    cacheWriteTokens: 6,
    outputTokens: 8,
    reasoningTokens: 10,
  };
  assert.deepEqual(addUsage(USAGE, USAGE), sum);
  assert.deepEqual(addUsage(USAGE, NO_USAGE), USAGE);
});
