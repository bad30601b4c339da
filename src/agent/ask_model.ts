/**
 * One turn of the model: the conversation made to fit, asked, and asked again where that may help.
 *
 * @module
 */
import type { LanguageModelV4 } from "@ai-sdk/provider";
import type { Message } from "../domain/message.ts";
import { contextBudget, fixedTokens } from "./context_budget.ts";
import { formerTools } from "./former_tools.ts";
import { type Answer, infer } from "./inference.ts";
import { type ModelFailure, modelFailure } from "./model_failure.ts";
import { pacedDeltas } from "./paced_deltas.ts";
import { pairedHistory } from "./paired_history.ts";
import { promptOf, toolsOf } from "./prompt_of.ts";
import type { WorkerMessage, WorkerRun } from "./protocol.ts";
import { PROVIDER_OPTIONS } from "./provider_model.ts";
import { type Reduced, reduceHistory } from "./reduce_history.ts";
import { type Pauses, retry } from "./retry.ts";

export interface ModelTurn {
  /** Its messages are the conversation's beginning only. */
  readonly run: Omit<WorkerRun, "messages" | "baseUrl">;
  readonly messages: readonly Message[];
  readonly model: LanguageModelV4;
  /** Messages that were trimmed for the turn before. */
  readonly trimmedTo: number;
}

export interface AskOptions {
  tell(message: WorkerMessage): void;
  readonly pauses: Pauses;
}

export type TurnEnd =
  | { readonly answer: Answer; readonly trimmedTo: number }
  | { readonly failed: Extract<WorkerMessage, { kind: "failed" }> };

/** All that may be trimmed is. */
const LEAST = { threshold: 0, target: 0 };

/** Rejects with what is a bug of ours; how a provider fails is an end like others. */
export async function askModel(turn: ModelTurn, { tell, pauses }: AskOptions): Promise<TurnEnd> {
  const { run } = turn;
  const budget = contextBudget(run.limits);
  const fixed = fixedTokens(run.systemPrompt, run.tools);
  const history = pairedHistory(turn.messages, run.api);
  let { trimmedTo } = turn;
  let least = false;
  for (let attempt = 1;;) {
    const reduced = reduceHistory(history, { budget: least ? LEAST : budget, fixed, trimmedTo });
    if (reduced.trimmedTo > trimmedTo) {
      tell({ kind: "reduced", tokensBefore: reduced.tokensBefore, tokensAfter: reduced.tokensAfter });
    }
    if (reduced.tokensAfter > budget.available) return tooLong(reduced, run);
    const outcome = await request(turn, reduced, tell);
    if ("parts" in outcome) return { answer: outcome, trimmedTo: reduced.trimmedTo };
    if (outcome.kind === "too_long") {
      const shortest = reduceHistory(history, { budget: LEAST, fixed, trimmedTo });
      if (shortest.tokensAfter >= reduced.tokensAfter) return tooLong(reduced, run, outcome);
      least = true;
      continue;
    }
    trimmedTo = reduced.trimmedTo;
    const next = retry(attempt, outcome, pauses, Math.random());
    if (!next.again) return failed(outcome, next.why);
    tell({ kind: "retry", attempt, delayMs: next.delayMs, reason: outcome.brief });
    await new Promise((resolve) => setTimeout(resolve, next.delayMs));
    attempt++;
  }
}

async function request(
  turn: ModelTurn,
  reduced: Reduced,
  tell: AskOptions["tell"],
): Promise<Answer | ModelFailure> {
  const { run, model } = turn;
  const deltas = pacedDeltas(tell);
  try {
    const prompt = promptOf(run.systemPrompt, reduced.history);
    const tools = run.tools.length > 0 || run.api !== "anthropic" ? toolsOf(run.tools) : formerTools(prompt);
    return await infer(model, {
      prompt,
      maxOutputTokens: run.limits.outputTokens,
      ...tools.length > 0 && { tools },
      providerOptions: PROVIDER_OPTIONS,
    }, deltas.add);
  } catch (error) {
    const failure = modelFailure(error);
    if (!failure) throw error;
    return failure;
  } finally {
    deltas.flush();
  }
}

function failed(failure: ModelFailure, why: string): TurnEnd {
  const reason = failure.kind === "refused" ? "model_refused" : "model_error";
  const error = `The model gave no answer: ${failure.full}${why}`;
  return { failed: { kind: "failed", reason, error, retryable: failure.kind === "passing" } };
}

function tooLong({ tokensAfter }: Reduced, { limits }: ModelTurn["run"], failure?: ModelFailure): TurnEnd {
  const { contextTokens, outputTokens } = limits;
  const error = `The conversation is too long for the model: about ${tokensAfter} tokens after trimming, ` +
    `the model takes ${
      Math.max(0, contextTokens - outputTokens)
    } (${contextTokens}, of which ${outputTokens} are for its answer)` +
    (failure ? `; ${failure.full}` : "");
  return { failed: { kind: "failed", reason: "context_overflow", error, retryable: false } };
}
