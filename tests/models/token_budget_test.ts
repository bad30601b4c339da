import assert from "node:assert/strict";
import { BudgetExceeded } from "../../src/models/gateway.ts";
import { answerTokens, estimatedTokens, MIN_ANSWER_TOKENS } from "../../src/models/token_budget.ts";
import { test } from "../sanitized.ts";

const question = {
  limit: 8_000,
  asked: undefined,
  thinking: undefined,
  requestBytes: 3_500,
  tokensLeft: undefined,
};

test("answerTokens() is the model's limit, or less where the worker asks for less", () => {
  const asked = [undefined, 100, 8_000, 9_000, 0, -5, 1.5, "100", Infinity, null];
  assert.deepEqual(asked.map((asked) => answerTokens({ ...question, asked })), [
    8_000,
    100,
    8_000,
    8_000,
    8_000,
    8_000,
    8_000,
    8_000,
    8_000,
    8_000,
  ]);
});

test("answerTokens() is what a budget leaves once the request is paid, as long as that is a useful answer", () => {
  const left = (tokensLeft: number) => answerTokens({ ...question, tokensLeft });
  assert.equal(left(100_000), 8_000);
  assert.equal(left(5_000), 4_000);
  assert.equal(left(1_000 + MIN_ANSWER_TOKENS), MIN_ANSWER_TOKENS);
  assert.throws(() => left(1_000 + MIN_ANSWER_TOKENS - 1), BudgetExceeded);
});

test("answerTokens() never lets request and answer go beyond the budget, and says the figures when they would", () => {
  assert.throws(() => answerTokens({ ...question, tokensLeft: 1_500 }), {
    name: "BudgetExceeded",
    message:
      "Cannot ask the model: the request has about 1000 tokens and its answer needs 1024, the token budget has 1500 left",
  });
  assert.throws(() => answerTokens({ ...question, tokensLeft: -20 }), /has 0 left/);
});

test("answerTokens() lets a short answer be short, and counts what thinking takes first", () => {
  assert.equal(answerTokens({ ...question, asked: 16, tokensLeft: 1_016 }), 16);
  assert.throws(() => answerTokens({ ...question, thinking: 4_000, tokensLeft: 5_000 }), BudgetExceeded);
  assert.equal(answerTokens({ ...question, thinking: 2_000, tokensLeft: 5_000 }), 4_000);
});

test("estimatedTokens() rounds up", () => {
  assert.deepEqual([0, 1, 7, 8].map(estimatedTokens), [0, 1, 2, 3]);
});
