import { deepEqual, equal, rejects } from "node:assert/strict";
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { CutAnswer, infer, RefusedAnswer, StreamFailure } from "../../src/agent/inference.ts";
import { test } from "../sanitized.ts";
import { fakeModel, finish, says } from "./fake_model.ts";

const CALL: LanguageModelV4StreamPart = { type: "tool-call", toolCallId: "1", toolName: "t", input: "{}" };
const ask = (...stream: LanguageModelV4StreamPart[]) =>
  infer(fakeModel(stream).model, { prompt: [] }, () => {});

test("what comes is told at once, by its kind", async () => {
  const told: string[] = [];
  const thinks: LanguageModelV4StreamPart[] = [
    { type: "reasoning-start", id: "r" },
    { type: "reasoning-delta", id: "r", delta: "hm" },
  ];
  const { model } = fakeModel([...thinks, ...says("yes")]);
  const answer = await infer(model, { prompt: [] }, (kind, delta) => told.push(`${kind}: ${delta}`));
  deepEqual(told, ["reasoning: hm", "text: yes"]);
  deepEqual(answer, {
    parts: [{ type: "reasoning", text: "hm" }, { type: "text", text: "yes" }],
    finish: "stop",
  });
});

test("an answer ends as its provider says, and with calls it asks for their results", async () => {
  equal((await ask(finish("stop", "end_turn"))).finish, "stop");
  equal((await ask(CALL, finish("stop", "STOP"))).finish, "tool_calls");
  equal((await ask(CALL, finish("tool-calls", "tool_use"))).finish, "tool_calls");
  equal((await ask(CALL, finish("other", "FUNCTION_CALL"))).finish, "tool_calls");
  equal((await ask(finish("other", "pause"))).finish, "stop");
  equal((await ask(finish("length", "max_tokens"))).finish, "max_output_tokens");
});

test("a stream without the word that it is whole is cut", async () => {
  for (const end of [[], [finish("interrupted")], [finish("error", "x")], [finish("other")]]) {
    await rejects(ask(...says("half an ans").slice(0, 2), ...end), CutAnswer);
  }
});

test("a refusal is one, with the provider's name for it", async () => {
  await rejects(
    ask(finish("content-filter", "SAFETY")),
    (error) => error instanceof RefusedAnswer && error.message === "SAFETY",
  );
});

test("an error in the stream ends it, and nobody reads on", async () => {
  let cancelled = false;
  const stream = new ReadableStream<LanguageModelV4StreamPart>({
    pull: (controller) => controller.enqueue({ type: "error", error: { type: "overloaded_error" } }),
    cancel: () => void (cancelled = true),
  });
  const model = { ...fakeModel().model, doStream: () => Promise.resolve({ stream }) };
  await rejects(infer(model, { prompt: [] }, () => {}), (error) => {
    deepEqual((error as Error).cause, { type: "overloaded_error" });
    return error instanceof StreamFailure;
  });
  equal(cancelled, true);
});
