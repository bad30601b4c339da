import { deepEqual } from "node:assert/strict";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { answerParts } from "../../src/agent/answer_parts.ts";
import { workerMessage } from "../../src/agent/protocol.ts";
import { test } from "../sanitized.ts";

function partsOf(...stream: readonly LanguageModelV4StreamPart[]) {
  const answer = answerParts();
  for (const part of stream) answer.take(part);
  const parts = answer.parts();
  // Ring 0 takes them.
  workerMessage.parse({ kind: "answer", parts, finish: "stop", heapBytes: 1 });
  return parts;
}

const toolCall = (input: string): LanguageModelV4StreamPart => ({
  type: "tool-call",
  toolCallId: "1",
  toolName: "t",
  input,
});
const inputOf = (input: string) => {
  const [part] = partsOf(toolCall(input));
  return part?.type === "tool_call" ? part.call.input : undefined;
};

test("texts that come in turns are put together, in the order in which they began", () => {
  const parts = partsOf(
    { type: "text-start", id: "0" },
    { type: "reasoning-start", id: "1" },
    { type: "text-delta", id: "0", delta: "a" },
    { type: "reasoning-delta", id: "1", delta: "x" },
    { type: "text-delta", id: "0", delta: "b" },
    { type: "text-end", id: "0" },
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "c" },
  );
  deepEqual(parts, [{ type: "text", text: "ab" }, { type: "reasoning", text: "x" }, {
    type: "text",
    text: "c",
  }]);
});

test("what a provider wants to see again is kept, of all the places where it is told", () => {
  const parts = partsOf(
    {
      type: "reasoning-start",
      id: "0",
      providerMetadata: { openai: { itemId: "rs", gone: undefined as unknown as null } },
    },
    { type: "reasoning-delta", id: "0", delta: "", providerMetadata: { openai: { encrypted: "x" } } },
    { type: "reasoning-end", id: "0", providerMetadata: { other: { a: 1 } } },
  );
  deepEqual(parts, [{
    type: "reasoning",
    text: "",
    providerMetadata: { openai: { itemId: "rs", encrypted: "x" }, other: { a: 1 } },
  }]);
});

test("a text of nothing, a delta of no text, a tool that the provider runs: none is a part", () => {
  const stray: LanguageModelV4StreamPart = { type: "text-delta", id: "9", delta: "x" };
  const elsewhere: LanguageModelV4StreamPart = {
    ...toolCall("{}"),
    providerExecuted: true,
  } as LanguageModelV4StreamPart;
  deepEqual(partsOf({ type: "text-start", id: "0" }, stray, elsewhere), []);
});

test("arguments are JSON, or what the model wrote", () => {
  deepEqual(inputOf('{"a":[1,null]}'), { a: [1, null] });
  deepEqual([inputOf(""), inputOf("  ")], [{}, {}]);
  deepEqual([inputOf('{"a":'), inputOf("1e999"), inputOf('{"a":[1e999]}')], [
    '{"a":',
    "1e999",
    '{"a":[1e999]}',
  ]);
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  deepEqual(inputOf(deep), deep);
});

test("a call has a name of a length that ring 0 takes", () => {
  const names = ["", "x".repeat(300)].map((toolName) => {
    const [part] = partsOf({ type: "tool-call", toolCallId: "1", toolName, input: "{}" });
    return part?.type === "tool_call" ? part.call.name : undefined;
  });
  deepEqual(names, ["unnamed", "x".repeat(200)]);
});
