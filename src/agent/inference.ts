/**
 * One request to a model, and its answer as it comes.
 *
 * @module
 */
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
} from "@ai-sdk/provider";
import type { AssistantPart } from "../domain/message.ts";
import { answerParts } from "./answer_parts.ts";
import type { WorkerMessage } from "./protocol.ts";

export interface Answer {
  readonly parts: readonly AssistantPart[];
  readonly finish: Extract<WorkerMessage, { kind: "answer" }>["finish"];
}

/** The stream ended without the word that the answer is whole. */
export class CutAnswer extends Error {
  override readonly name = "CutAnswer";
}

/** The model, or what its provider puts before it, will not answer. */
export class RefusedAnswer extends Error {
  override readonly name = "RefusedAnswer";
}

/** What an `error` in the middle of a stream says: an `Error`, or a plain object of the SDK. */
export class StreamFailure extends Error {
  override readonly name = "StreamFailure";
}

/**
 * Rejects with {@linkcode CutAnswer}, {@linkcode RefusedAnswer}, {@linkcode StreamFailure} (its `cause` is what was
 * said), or whatever the SDK throws. What `onDelta` was told of such an answer is void.
 */
export async function infer(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
  onDelta: (kind: "text" | "reasoning", delta: string) => void,
): Promise<Answer> {
  const answer = answerParts();
  let finish: LanguageModelV4FinishReason | undefined;
  const { stream } = await model.doStream(options);
  for await (const part of stream) {
    if (part.type === "error") throw new StreamFailure("the stream has an error", { cause: part.error });
    if (part.type === "finish") finish = part.finishReason;
    if (part.type === "text-delta") onDelta("text", part.delta);
    if (part.type === "reasoning-delta") onDelta("reasoning", part.delta);
    answer.take(part);
  }
  const parts = answer.parts();
  return { parts, finish: finishOf(finish, parts) };
}

function finishOf(finish: LanguageModelV4FinishReason | undefined, parts: Answer["parts"]): Answer["finish"] {
  const { unified, raw } = finish ?? { unified: "interrupted", raw: undefined };
  if (unified === "content-filter") throw new RefusedAnswer(raw ?? unified);
  // Without a word of the provider: so OpenAI's SDK says that the stream just ended.
  const ended = unified === "other" && raw === undefined;
  if (ended || unified === "interrupted" || unified === "error") throw new CutAnswer("it is not whole");
  if (unified === "length") return "max_output_tokens";
  return parts.some(({ type }) => type === "tool_call") ? "tool_calls" : "stop";
}
