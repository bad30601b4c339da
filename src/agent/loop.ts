/**
 * A run as ring 1 sees it: ask the model, hand the answer to ring 0, go on with what comes back.
 *
 * @module
 */
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Message } from "../domain/message.ts";
import { askModel } from "./ask_model.ts";
import { freshId } from "./call_ids.ts";
import type { Answer } from "./inference.ts";
import type { SupervisorMessage, WorkerMessage, WorkerRun } from "./protocol.ts";
import type { Pauses } from "./retry.ts";

export interface LoopParts {
  tell(message: WorkerMessage): void;
  openModel(run: Pick<WorkerRun, "api" | "model" | "baseUrl">): Promise<LanguageModelV4>;
  heapBytes(): number;
  readonly pauses: Pauses;
}

/** What moves a run on. */
export type LoopMessage = Extract<SupervisorMessage, { kind: "start" | "next" }>;

/** Ring 0 takes no more parts in one answer. */
const MAX_PARTS = 1_000;

/** The returned function resolves when ring 0 was told an answer, or why there is none. It never rejects. */
export function agentLoop(parts: LoopParts): (message: LoopMessage) => Promise<void> {
  let run: Omit<WorkerRun, "messages"> | undefined;
  let messages: readonly Message[] = [];
  let model: LanguageModelV4 | undefined;
  let trimmedTo = 0;

  const take = async (message: LoopMessage) => {
    if (message.kind === "start") {
      run = message.run;
      messages = message.run.messages;
    } else if (run) {
      messages = [...messages, ...message.messages];
      if (!message.model) return run;
      run = { ...run, ...message.model };
    } else {
      throw new TypeError("no run was started");
    }
    model = await parts.openModel(run);
    trimmedTo = 0;
    return run;
  };

  const turn = async (message: LoopMessage) => {
    const current = await take(message);
    const end = await askModel({ run: current, messages, model: model!, trimmedTo }, parts);
    if ("failed" in end) return parts.tell(end.failed);
    trimmedTo = end.trimmedTo;
    if (end.answer.parts.length > MAX_PARTS) return parts.tell(tooMany(end.answer));
    const answer = withFreshIds(end.answer, messages);
    parts.tell({ kind: "answer", ...answerMessage(answer), heapBytes: parts.heapBytes() });
  };

  return (message) => turn(message).catch((error) => parts.tell(workerFailed(error)));
}

/** An id means one call of the conversation, for good. */
function withFreshIds({ parts, finish }: Answer, messages: readonly Message[]): Answer {
  const known = messages.flatMap((message) => message.role === "assistant" ? message.parts : [])
    .flatMap((part) => part.type === "tool_call" ? [part.call.id] : []);
  const ids = new Set(known);
  return {
    finish,
    parts: parts.map((part) =>
      part.type === "tool_call" ? { ...part, call: { ...part.call, id: freshId(part.call.id, ids) } } : part
    ),
  };
}

type AnswerMessage = Extract<WorkerMessage, { kind: "answer" }>;

function answerMessage({ parts, finish }: Answer): Pick<AnswerMessage, "parts" | "finish"> {
  return { parts: [...parts] as AnswerMessage["parts"], finish };
}

function tooMany({ parts }: Answer): WorkerMessage {
  const error = `The model's answer has ${parts.length} parts, may have ${MAX_PARTS}`;
  return { kind: "failed", reason: "model_error", error, retryable: true };
}

/** The name alone: what an error of ours says may quote the conversation. */
export function workerFailed(error: unknown): WorkerMessage {
  const name = error instanceof Error && /^\w{1,60}$/.test(error.name) ? error.name : typeof error;
  return {
    kind: "failed",
    reason: "worker_failed",
    error: `The worker of the run threw ${name}`,
    retryable: false,
  };
}
