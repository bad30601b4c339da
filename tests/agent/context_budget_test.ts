import { deepEqual, equal } from "node:assert/strict";
import { contextBudget, fixedTokens, historyTokens, messageTokens } from "../../src/agent/context_budget.ts";
import { test } from "../sanitized.ts";

test("a budget leaves room for the answer, and more before it is used up", () => {
  const budget = contextBudget({ contextTokens: 200_000, outputTokens: 16_384 });
  deepEqual(budget, { available: 183_616, threshold: 146_892, target: 110_169 });
  deepEqual(contextBudget({ contextTokens: 1_000, outputTokens: 2_000 }), {
    available: 0,
    threshold: 0,
    target: 0,
  });
});

test("texts count by their bytes, parts and messages by what is around them", () => {
  // ⌈7 / 3.5⌉ + 8
  equal(messageTokens({ role: "user", text: "1234567" }), 10);
  // Three bytes each: ⌈6 / 3.5⌉ + 8
  equal(messageTokens({ role: "user", text: "日本" }), 10);
  // ⌈7 / 3.5⌉ + 3, ⌈(1 + 7 + 30) / 3.5⌉ + 3, + 8
  const call = { id: "1", name: "t", input: { a: 1 } };
  equal(
    messageTokens({
      role: "assistant",
      parts: [{ type: "text", text: "1234567" }, { type: "tool_call", call }],
    }),
    27,
  );
  // ⌈(5 + 30) / 3.5⌉ + 3 + 8
  equal(messageTokens({ role: "tool", results: [{ callId: "1", text: "12345", isError: false }] }), 21);
});

test("thoughts count with what their provider made of them", () => {
  const reasoning = { type: "reasoning", text: "1234567" } as const;
  const plain = messageTokens({ role: "assistant", parts: [reasoning] });
  const providerMetadata = { openai: { reasoningEncryptedContent: "x".repeat(3_500) } };
  const encrypted = messageTokens({ role: "assistant", parts: [{ ...reasoning, providerMetadata }] });
  equal(encrypted - plain > 1_000, true);
});

test("a conversation counts a twentieth more than its messages, nothing for none", () => {
  equal(historyTokens([10, 10]), 21);
  equal(historyTokens([]), 0);
});

test("tools count with their schemas, a system prompt as a message", () => {
  const tool = { name: "view", description: "Shows.", inputSchema: {} };
  // ⌈⌈1.2 × 12⌉ / 3.5⌉ + 8
  equal(fixedTokens("", [tool]), 13);
  // ⌈(⌈7 / 3.5⌉ + 8) × 1.05⌉
  equal(fixedTokens("1234567", []), 11);
  equal(fixedTokens("", []), 0);
});
