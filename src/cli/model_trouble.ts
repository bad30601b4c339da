import { UserError } from "../domain/error.ts";
import { plainText } from "../domain/plain_text.ts";
import { quotedName } from "../domain/printable.ts";
import type { InferenceAnswer } from "../models/gateway.ts";

/** A provider's answer, read to its end. */
export interface WholeAnswer extends Pick<InferenceAnswer, "status" | "headers"> {
  readonly text: string;
}

const MAX_WORDS = 300;

/** What is wrong with an answer, for people; `undefined` where a model has answered. */
export function modelTrouble(id: string, { status, headers, text }: WholeAnswer): UserError | undefined {
  const cannot = (why: string, hint: string, words = wordsOf(parsed(text))) =>
    new UserError(`Cannot use ${quotedName(id)}: ${why}${words && `: ${words}`}`, { hint });
  const wait = headers["retry-after"];
  if (status === 401 || status === 403) {
    return cannot(
      `the provider refuses the key (${status})`,
      "see where the key comes from: stakpak model list",
    );
  }
  if (status === 404) {
    const hint = "see model and address: stakpak model list";
    return cannot("the provider has no such model, or another address (404)", hint);
  }
  if (status === 429) {
    const hint = wait === undefined ? "see the limits of your account there" : `try again in ${wait} s`;
    return cannot("the provider takes no more requests now (429)", hint);
  }
  if (status >= 500) {
    return cannot(`the provider is in trouble (${status})`, "try again later; nothing is wrong here");
  }
  if (status >= 400) {
    return cannot(`the provider refuses the request (${status})`, "try another model: stakpak model list");
  }
  const type = headers["content-type"] ?? "nothing";
  if (!type.startsWith("text/event-stream")) {
    const why = `its address answers with ${plainText(type)}, must be text/event-stream`;
    return cannot(why, "see the address of its provider: stakpak model list", "");
  }
  const said = text.split("\n").filter((line) => line.startsWith("data:")).map((line) =>
    parsed(line.slice(5))
  );
  if (said.length === 0) return cannot("its answer is empty", "try again later", "");
  const failure = said.find(isFailure);
  if (!failure) return undefined;
  return cannot("the provider ends its answer with an error", "try again later", wordsOf(failure));
}

/** In the words of all four APIs. */
function isFailure(event: unknown): boolean {
  const { type, error } = record(event);
  return type === "error" || type === "response.failed" || typeof error === "object" && error !== null;
}

/** What a provider says about an error, wherever it says it; one plain line. */
function wordsOf(said: unknown): string {
  const outer = record(said);
  const inner = record(outer.error ?? record(outer.response).error);
  const message = [inner.message, outer.message, outer.error].find((words) => typeof words === "string") ??
    "";
  return plainText(message as string).slice(0, MAX_WORDS);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? value as Record<string, unknown> : {};
}
