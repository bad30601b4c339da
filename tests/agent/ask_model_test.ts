import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { APICallError } from "@ai-sdk/provider";
import { askModel, type ModelTurn } from "../../src/agent/ask_model.ts";
import type { WorkerMessage } from "../../src/agent/protocol.ts";
import type { Message } from "../../src/domain/message.ts";
import { test } from "../sanitized.ts";
import { type FakeAnswer, fakeModel, says } from "./fake_model.ts";

const NOW = { firstMs: 0, lastMs: 0 };
const LONG = "x".repeat(3_500);
const round = (id: string): readonly Message[] => [
  { role: "assistant", parts: [{ type: "tool_call", call: { id, name: "t", input: {} } }] },
  { role: "tool", results: [{ callId: id, text: LONG, isError: false }] },
];
const MESSAGES: readonly Message[] = [{ role: "user", text: "look" }, ...["1", "2", "3", "4"].flatMap(round)];

const tooLong = () =>
  new APICallError({
    message: "x",
    url: "u",
    requestBodyValues: {},
    statusCode: 400,
    data: { error: { code: "context_length_exceeded" } },
  });
const overloaded = () => new APICallError({ message: "x", url: "u", requestBodyValues: {}, statusCode: 529 });

async function ask(
  answers: readonly FakeAnswer[],
  options: Partial<ModelTurn> & { contextTokens?: number } = {},
) {
  const { model, asked } = fakeModel(...answers);
  const told: WorkerMessage[] = [];
  const limits = { contextTokens: options.contextTokens ?? 100_000, outputTokens: 1_000 };
  const run = { api: "anthropic" as const, model: "m", limits, systemPrompt: "Be kind.", tools: [] };
  const turn = { run, messages: MESSAGES, model, trimmedTo: 0, ...options };
  const end = await askModel(turn, { tell: (message) => told.push(message), pauses: NOW });
  return {
    end,
    told,
    asked,
    trimmed: asked.map(({ prompt }) => JSON.stringify(prompt).split("[trimmed]").length - 1),
  };
}

test("a conversation that fits is asked as it is, with the model's limit", async () => {
  const { end, told, asked, trimmed } = await ask([says("fine")]);
  deepEqual(end, { answer: { parts: [{ type: "text", text: "fine" }], finish: "stop" }, trimmedTo: 0 });
  deepEqual(told, [{ kind: "text", delta: "fine" }]);
  deepEqual([asked[0]?.maxOutputTokens, trimmed], [1_000, [0]]);
});

test("a run without tools names those that its conversation has called, for Anthropic alone", async () => {
  const limits = { contextTokens: 100_000, outputTokens: 1_000 };
  for (const [api, names] of [["anthropic", ["t"]], ["openai-chat", undefined]] as const) {
    const { asked } = await ask([says("fine")], {
      run: { api, model: "m", limits, systemPrompt: "Be kind.", tools: [] },
    });
    deepEqual(asked[0]?.tools?.map(({ name }) => name), names);
  }
});

test("a conversation of which nothing can be trimmed is not asked about twice", async () => {
  const messages = [{ role: "user", text: "long" }] as const;
  const { end, asked } = await ask([tooLong()], { messages });
  deepEqual(["failed" in end && end.failed.reason, asked.length], ["context_overflow", 1]);
});

test("one that does not is trimmed for the request, and that is told once", async () => {
  const { end, told, trimmed } = await ask([overloaded(), says("fine")], { contextTokens: 5_000 });
  deepEqual(told.map(({ kind }) => kind), ["reduced", "retry", "text"]);
  deepEqual(trimmed, [2, 2]);
  deepEqual("answer" in end && end.trimmedTo, 5);
});

test("one that the provider finds too long is trimmed as far as it may be, and stays so", async () => {
  const { end, told, trimmed } = await ask([tooLong(), says("fine")]);
  deepEqual(told.map(({ kind }) => kind), ["reduced", "text"]);
  deepEqual(trimmed, [0, 3]);
  equal("answer" in end && end.trimmedTo, MESSAGES.length);
});

test("where trimming changes nothing more, the provider's no is final", async () => {
  const { end, asked } = await ask([tooLong(), tooLong()]);
  equal(asked.length, 2);
  match(
    "failed" in end ? end.failed.error : "",
    /^The conversation is too long for the model: about \d+ tokens after trimming/,
  );
});

test("a failure that passes is told with its brief, not with the provider's words", async () => {
  const { told } = await ask([overloaded(), says("fine")]);
  deepEqual(told[0], { kind: "retry", attempt: 1, delayMs: 0, reason: "the provider answered 529" });
});

test("a bug of ours is no failure of the model", async () => {
  await rejects(ask([new TypeError("x")]), TypeError);
});
