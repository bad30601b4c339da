/**
 * How long an answer may become, and whether a request may be sent at all: decided before it is.
 *
 * @module
 */
import { BudgetExceeded } from "./gateway.ts";

/** An answer that is cut before this helps nobody. */
export const MIN_ANSWER_TOKENS = 1_024;

/** English and JSON have about four bytes to a token: this counts rather too many tokens. */
const BYTES_PER_TOKEN = 3.5;

export interface AnswerQuestion {
  /** The model's own limit. */
  readonly limit: number;
  /** What the worker asks for. */
  readonly asked: unknown;
  /** What it wants thinking to take first. */
  readonly thinking: unknown;
  readonly requestBytes: number;
  /** Absent: there is no budget. */
  readonly tokensLeft: number | undefined;
}

/**
 * The most tokens that an answer may have: no more than the model gives, than the worker asks for, and than is left
 * of the budget once the request is paid. Throws {@linkcode BudgetExceeded} where that is too short an answer.
 */
export function answerTokens(
  { limit, asked, thinking, requestBytes, tokensLeft }: AnswerQuestion,
): number {
  const wanted = isCount(asked) ? Math.min(asked, limit) : limit;
  if (tokensLeft === undefined) return wanted;
  const request = estimatedTokens(requestBytes);
  const least = Math.min(wanted, MIN_ANSWER_TOKENS + (isCount(thinking) ? thinking : 0));
  if (request + least <= tokensLeft) return Math.min(wanted, tokensLeft - request);
  const left = Math.max(0, tokensLeft);
  throw new BudgetExceeded(
    `Cannot ask the model: the request has about ${request} tokens and its answer needs ${least}, ` +
      `the token budget has ${left} left`,
  );
}

/** How many tokens a text of so many bytes has, where nobody has counted them. */
export function estimatedTokens(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && value as number > 0;
}
