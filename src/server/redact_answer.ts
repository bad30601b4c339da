import { nestsBeyond } from "../config/raw_tables.ts";
import type { Json } from "../domain/json.ts";
import type { AssistantPart } from "../domain/message.ts";
import type { ToolCall } from "../domain/toolbox.ts";
import { redactJson } from "../models/redact_json.ts";
import type { Redactor } from "../secrets/redactor.ts";
import { workerFailed } from "./run_over.ts";

/** As a worker says it. */
type Said =
  & (
    | { readonly type: "text" | "reasoning"; readonly text: string }
    | { readonly type: "tool_call"; readonly call: ToolCall }
  )
  & { readonly providerMetadata?: Json | undefined };

/** Deeper arguments are no call that a tool knows, and no request takes them. */
const LEVELS_MAX = 64;

/**
 * The model's answer as it is stored: no secret in it, names of arguments included, placeholders as they are. What a
 * provider gave along for a part stays only where the part is as it was: a signature of another text would be refused.
 * Throws `RunOver` when a call has the id of another one, or of one in `earlier`, the calls that the run had before:
 * what people decide about the one is not to count for the other.
 */
export function redactAnswer(
  parts: readonly Said[],
  redactor: Redactor,
  earlier: ReadonlySet<string>,
): AssistantPart[] {
  if (nestsBeyond(parts.map(({ providerMetadata }) => providerMetadata), LEVELS_MAX + 1)) throw tooDeep();
  const redact = (text: string) => redactor.redact(text);
  const redacted = parts.map((part): AssistantPart => {
    const { providerMetadata } = part;
    const bare = bareOf(part);
    const redacted = redactJson(bare as Json, redact) as typeof bare;
    const same = providerMetadata !== undefined && JSON.stringify(redacted) === JSON.stringify(bare) &&
      JSON.stringify(redactJson(providerMetadata, redact)) === JSON.stringify(providerMetadata);
    return same ? { ...redacted, providerMetadata } : redacted;
  });
  const ids = new Set(earlier);
  for (const part of redacted) {
    if (part.type !== "tool_call") continue;
    if (ids.has(part.call.id)) throw workerFailed("two calls of its answers have one id");
    ids.add(part.call.id);
  }
  return redacted;
}

function bareOf(part: Said) {
  if (part.type !== "tool_call") return { type: part.type, text: part.text };
  const { id, name, input } = part.call;
  if (nestsBeyond(input, LEVELS_MAX)) throw tooDeep();
  return { type: part.type, call: { id, name, input: input as Json } };
}

function tooDeep(): Error {
  return workerFailed(`its answer is nested more than ${LEVELS_MAX} levels deep`);
}
