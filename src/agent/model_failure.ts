/**
 * What went wrong with a model call, judged by the types, statuses and codes that providers give; by words only
 * where a provider has no code for it, and only in an answer that says the request is wrong.
 *
 * @module
 */
import { AISDKError, APICallError } from "@ai-sdk/provider";
import { plainText } from "../domain/plain_text.ts";
import { BrokenAnswer, RequestTooLong } from "./gateway_fetch.ts";
import { CutAnswer, RefusedAnswer, StreamFailure } from "./inference.ts";

export interface ModelFailure {
  readonly kind: "passing" | "lasting" | "refused" | "too_long";
  /** What happened, without a word of the provider's: `the provider answered 429 (rate_limit_error)`. */
  readonly brief: string;
  /** The same, with the provider's own words. */
  readonly full: string;
  /** How long the provider wants to be left alone. */
  readonly retryAfterMs?: number;
}

const MAX_WORDS = 400;
const MAX_CAUSES = 5;
/** What a provider calls an error, in its own terms. */
const PLAIN_CODE = /^[A-Za-z][\w.-]{0,59}$/;

/** A request that is longer than the model takes, where providers have a name for it… */
const TOO_LONG_CODES: ReadonlySet<string> = new Set([
  "context_length_exceeded",
  "exceed_context_size_error",
  "request_too_large",
]);
/** …and where they have only words: Anthropic (two), vLLM and OpenRouter, Google. */
const TOO_LONG_WORDS =
  /^prompt is too long\b|^input length and `max_tokens` exceed context limit\b|\bmaximum context length is \d|^The input token count \(?\d* ?\)?.*exceeds the maximum number of tokens/;
/** Statuses that are over after a while; all from 500 on are. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 409, 429]);
/** Said with 429, and yet no waiting helps. */
const LASTING_CODES: ReadonlySet<string> = new Set(["insufficient_quota"]);

/** `undefined`: no provider did that, but a bug of ours. */
export function modelFailure(error: unknown): ModelFailure | undefined {
  const known = causes(error).map(ofOurs).find((failure) => failure !== undefined);
  if (known) return known;
  const said = error instanceof StreamFailure ? error.cause : error;
  if (APICallError.isInstance(said)) {
    // With such a status it was the answer that could not be read.
    const status = said.statusCode ?? 0;
    return status < 400
      ? unreadable()
      : ofStatus(status, wordsOf(said.data ?? parsed(said.responseBody)), said);
  }
  if (error instanceof StreamFailure && !(said instanceof Error)) {
    const words = wordsOf(said);
    return ofStatus(words.status ?? 0, words);
  }
  // Of what the SDK throws this is the answer's fault: the rest is ours.
  return AISDKError.isInstance(said) && ANSWER_ERRORS.has(said.name) ? unreadable() : undefined;
}

const ANSWER_ERRORS: ReadonlySet<string> = new Set([
  "AI_EmptyResponseBodyError",
  "AI_InvalidResponseDataError",
  "AI_JSONParseError",
  "AI_TypeValidationError",
]);

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let at = error; at instanceof Error && chain.length < MAX_CAUSES; at = at.cause) chain.push(at);
  return chain;
}

function ofOurs(error: unknown): ModelFailure | undefined {
  const failure = (kind: ModelFailure["kind"], brief: string) => ({ kind, brief, full: brief });
  if (error instanceof BrokenAnswer) {
    return failure("passing", `the answer broke off: ${plainText(error.message)}`);
  }
  if (error instanceof CutAnswer) return failure("passing", `the answer broke off: ${error.message}`);
  if (error instanceof RefusedAnswer) {
    return failure("refused", `the model refused (${codeOf(error.message)})`);
  }
  return error instanceof RequestTooLong ? failure("too_long", error.message) : undefined;
}

function unreadable(): ModelFailure {
  const brief = "the answer cannot be read";
  return { kind: "passing", brief, full: brief };
}

interface Words {
  readonly message: string;
  readonly codes: readonly string[];
  readonly status?: number;
}

function ofStatus(status: number, words: Words, answer?: APICallError): ModelFailure {
  const codes = words.codes.filter((code) => PLAIN_CODE.test(code));
  const what = [status >= 400 ? [`${status}`] : ["with an error"], codes[0] ? [`(${codes[0]})`] : []].flat()
    .join(" ");
  const brief = `the provider answered ${what}`;
  const message = plainText(words.message || answer?.message || "").slice(0, MAX_WORDS);
  const seconds = Number(answer?.responseHeaders?.["retry-after"] ?? NaN);
  return {
    kind: kindOf(status, { ...words, codes }),
    brief,
    full: message === "" ? brief : `${brief}: ${message}`,
    ...Number.isFinite(seconds) && { retryAfterMs: Math.max(0, seconds * 1_000) },
  };
}

function kindOf(status: number, { codes, message }: Words): ModelFailure["kind"] {
  if (status === 400 || status === 413) {
    return codes.some((code) => TOO_LONG_CODES.has(code)) || TOO_LONG_WORDS.test(message)
      ? "too_long"
      : "lasting";
  }
  if (codes.some((code) => LASTING_CODES.has(code))) return "lasting";
  // Without a status: an error in the middle of a stream, of a provider that only has words for it.
  return status === 0 || status >= 500 || PASSING_STATUSES.has(status) ? "passing" : "lasting";
}

/** `{error: {message, type, code, status}}`, with or without the outer object. */
function wordsOf(data: unknown): Words {
  const outer = record(data);
  const inner = record(outer?.error) ?? outer;
  const { message, type, code, status, statusCode } = inner ?? {};
  const number = [statusCode, code, status].map(Number).find((value) => value >= 400 && value <= 599);
  return {
    message: typeof message === "string" ? message : "",
    codes: [code, status, type].filter((value) => typeof value === "string"),
    ...number !== undefined && { status: number },
  };
}

function codeOf(text: string): string {
  return PLAIN_CODE.test(text) ? text : "no reason given";
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? { ...value } : undefined;
}
