import type { Json } from "../domain/json.ts";
import type { AssistantPart } from "../domain/message.ts";
import { redactDeep } from "../secrets/redact_deep.ts";
import type { Redactor } from "../secrets/redactor.ts";
import { workerFailed } from "./run_over.ts";
import type { WorkerAnswer } from "./run_worker.ts";

type Said = WorkerAnswer["parts"][number];

/**
 * The model's answer as it is stored: no secret in it, placeholders as they are. What a provider gave along for a part
 * stays only where the part is as it was: a signature of another text would be refused. Throws `RunOver` when two
 * calls have one id.
 */
export function redactAnswer(parts: readonly Said[], redactor: Redactor): AssistantPart[] {
  const ids = parts.flatMap((part) => part.type === "tool_call" ? [part.call.id] : []);
  if (new Set(ids).size < ids.length) throw workerFailed("two calls of its answer have one id");
  const redact = (text: string) => redactor.redact(text);
  return parts.map((part): AssistantPart => {
    const { providerMetadata } = part;
    const bare = bareOf(part);
    const redacted = redactDeep(bare, redact);
    const same = providerMetadata !== undefined && JSON.stringify(redacted) === JSON.stringify(bare) &&
      JSON.stringify(redactDeep(providerMetadata, redact)) === JSON.stringify(providerMetadata);
    return same ? { ...redacted, providerMetadata } : redacted;
  });
}

function bareOf(part: Said) {
  if (part.type !== "tool_call") return { type: part.type, text: part.text };
  const { id, name, input } = part.call;
  return { type: part.type, call: { id, name, input: input as Json } };
}
