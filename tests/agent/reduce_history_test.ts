import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { pairedHistory } from "../../src/agent/paired_history.ts";
import { reduceHistory, TRIMMED } from "../../src/agent/reduce_history.ts";
import type { Message } from "../../src/domain/message.ts";
import { test } from "../sanitized.ts";
import { histories } from "./histories.ts";

const LONG = "x".repeat(3_500);

/** A question, then rounds of a call and its result, of about 1,000 tokens each. */
const rounds = (count: number): Message[] => [
  { role: "user", text: "look" },
  ...Array.from({ length: count }, (_, at): Message[] => [
    {
      role: "assistant",
      parts: [{ type: "text", text: `let me look ${at}` }, {
        type: "tool_call",
        call: { id: `${at}`, name: "t", input: { at } },
      }],
    },
    { role: "tool", results: [{ callId: `${at}`, text: LONG, isError: false }] },
  ]).flat(),
];
const isTrimmed = (message: Message) => JSON.stringify(message).includes(TRIMMED);
/** The rounds whose result is trimmed. */
const trimmedRounds = (history: readonly Message[]) =>
  history.filter(({ role }) => role === "tool").map(isTrimmed);
const budget = (threshold: number, target = threshold * 0.75) => ({ threshold, target });

test("a conversation under the threshold stays as it is", () => {
  const history = rounds(3);
  const reduced = reduceHistory(history, { budget: budget(10_000), fixed: 100, trimmedTo: 0 });
  deepEqual(reduced.history, history);
  equal(reduced.trimmedTo, 0);
  equal(reduced.tokensBefore, reduced.tokensAfter);
  ok(reduced.tokensBefore > 3_000 && reduced.tokensBefore < 3_600, `${reduced.tokensBefore}`);
});

test("nothing in, nothing out", () => {
  deepEqual(reduceHistory([], { budget: budget(0), fixed: 0, trimmedTo: 0 }).history, []);
});

test("what is before the last five answers is trimmed first", () => {
  const { history, tokensBefore, tokensAfter } = reduceHistory(rounds(8), {
    budget: budget(8_000, 7_900),
    fixed: 0,
    trimmedTo: 0,
  });
  deepEqual(trimmedRounds(history), [true, true, true, false, false, false, false, false]);
  ok(tokensBefore > 8_000 && tokensAfter < 6_000);
});

test("where that is not enough more is trimmed, down to the target, never the last round", () => {
  const { history, tokensAfter } = reduceHistory(rounds(8), {
    budget: budget(4_000, 3_000),
    fixed: 0,
    trimmedTo: 0,
  });
  deepEqual(trimmedRounds(history), [true, true, true, true, true, true, false, false]);
  ok(tokensAfter <= 3_000);
  deepEqual(
    trimmedRounds(reduceHistory(rounds(8), { budget: budget(0), fixed: 0, trimmedTo: 0 }).history).at(-1),
    false,
  );
});

test("calls, their arguments and whether they failed stay, words and thoughts go", () => {
  const [, answer, result] = reduceHistory([
    { role: "user", text: LONG },
    {
      role: "assistant",
      parts: [
        { type: "reasoning", text: LONG, providerMetadata: { anthropic: { signature: "x" } } },
        { type: "text", text: LONG, providerMetadata: { openai: { itemId: "x" } } },
        {
          type: "tool_call",
          call: { id: "1", name: "t", input: { a: 1 } },
          providerMetadata: { google: { thoughtSignature: "x" } },
        },
      ],
    },
    { role: "tool", results: [{ callId: "1", text: LONG, isError: true }] },
    ...rounds(1).slice(1),
  ], { budget: budget(0), fixed: 0, trimmedTo: 0 }).history;
  deepEqual(answer, {
    role: "assistant",
    parts: [
      { type: "text", text: TRIMMED },
      {
        type: "tool_call",
        call: { id: "1", name: "t", input: { a: 1 } },
        providerMetadata: { google: { thoughtSignature: "x" } },
      },
    ],
  });
  deepEqual(result, { role: "tool", results: [{ callId: "1", text: TRIMMED, isError: true }] });
});

test("what was trimmed for one request is trimmed for the next, and the border never goes back", () => {
  const first = reduceHistory(rounds(8), { budget: budget(8_000, 7_900), fixed: 0, trimmedTo: 0 });
  const next = reduceHistory(rounds(9), {
    budget: budget(8_000, 7_900),
    fixed: 0,
    trimmedTo: first.trimmedTo,
  });
  equal(next.trimmedTo, first.trimmedTo);
  deepEqual(next.history.slice(0, first.trimmedTo), first.history.slice(0, first.trimmedTo));
});

test("what fits beside tools and system prompt is less", () => {
  const { history } = reduceHistory(rounds(6), { budget: budget(8_000), fixed: 7_000, trimmedTo: 0 });
  ok(history.some(isTrimmed));
});

test("whatever the conversation: people's words stay, nothing is added, the border only moves on", () => {
  fc.assert(fc.property(histories, fc.nat(2_000), fc.nat(30), (messages, threshold, trimmedTo) => {
    const history = pairedHistory(messages, "anthropic");
    const reduced = reduceHistory(history, { budget: budget(threshold), fixed: 0, trimmedTo });
    equal(reduced.history.length, history.length);
    ok(reduced.tokensAfter <= reduced.tokensBefore);
    ok(reduced.trimmedTo >= Math.min(trimmedTo, history.length));
    history.forEach((message, at) => {
      equal(reduced.history[at]?.role, message.role);
      if (message.role === "user") deepEqual(reduced.history[at], message);
    });
  }));
});
