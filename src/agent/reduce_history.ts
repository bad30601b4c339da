/**
 * A conversation that is too long, made shorter for one request. Nothing of it is stored. Source: server spec §4.6.
 *
 * @module
 */
import type { AssistantPart, Message } from "../domain/message.ts";
import { type ContextBudget, historyTokens, messageTokens } from "./context_budget.ts";

export const TRIMMED = "[trimmed]";
/** The last answers, with what belongs to them, are trimmed only when nothing else helps. */
const KEPT_ANSWERS = 5;

export interface ReduceOptions {
  readonly budget: Pick<ContextBudget, "threshold" | "target">;
  /** Tokens beside the messages. */
  readonly fixed: number;
  /** Messages that were trimmed for the request before. They stay so: what a provider has cached begins with them. */
  readonly trimmedTo: number;
}

export interface Reduced {
  readonly history: readonly Message[];
  readonly trimmedTo: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
}

/**
 * Words of the model and results of tools are replaced, from the oldest on; calls stay, and so does all that people
 * said. The last round of tools is never trimmed: the model has not read it.
 *
 * @param history of `pairedHistory`.
 */
export function reduceHistory(
  history: readonly Message[],
  { budget, fixed, trimmedTo }: ReduceOptions,
): Reduced {
  const unread = lastRound(history);
  const older = oldest(history);
  const reduced = [...history];
  const each = history.map(messageTokens);
  const tokensBefore = historyTokens(each) + fixed;
  const trim = (at: number) => {
    if (unread.has(at)) return;
    reduced[at] = trimmed(reduced[at]!);
    each[at] = messageTokens(reduced[at]!);
  };
  let to = 0;
  while (to < Math.min(trimmedTo, history.length)) trim(to++);
  let tokens = historyTokens(each) + fixed;
  if (tokens > budget.threshold) {
    while (to < history.length && (to < older || tokens > budget.target)) {
      trim(to++);
      tokens = historyTokens(each) + fixed;
    }
  }
  return { history: reduced, trimmedTo: to, tokensBefore, tokensAfter: tokens };
}

/** Where the last calls and their results stand. */
function lastRound(history: readonly Message[]): ReadonlySet<number> {
  const results = history.findLastIndex(({ role }) => role === "tool");
  return new Set(results === -1 ? [] : [results - 1, results]);
}

/** Where the answers begin that are kept if possible. */
function oldest(history: readonly Message[]): number {
  const answers = history.flatMap(({ role }, at) => role === "assistant" ? [at] : []);
  return answers.at(-KEPT_ANSWERS) ?? 0;
}

function trimmed(message: Message): Message {
  if (message.role === "user") return message;
  if (message.role === "tool") {
    return {
      role: "tool",
      results: message.results.map((result) => ({ ...result, text: shorter(result.text) })),
    };
  }
  return { role: "assistant", parts: message.parts.flatMap(trimmedPart) };
}

function trimmedPart(part: AssistantPart): AssistantPart[] {
  if (part.type === "tool_call") return [part];
  return part.type === "text" && part.text.trim() !== "" ? [{ type: "text", text: shorter(part.text) }] : [];
}

function shorter(text: string): string {
  return text.length > TRIMMED.length ? TRIMMED : text;
}
