import type { Store } from "./store.ts";
import type { RunRecord } from "./records.ts";

export type InputKind = "steering" | "follow_up";

/** Moves what was sent to a run into its conversation, in the caller's transaction. Answers whether there was any. */
export function takeInputs(
  store: Store,
  { id, sessionId }: Pick<RunRecord, "id" | "sessionId">,
  kinds: readonly InputKind[],
): boolean {
  const texts = kinds.flatMap((kind) => store.inputs.take(id, kind).map((text) => ({ kind, text })));
  for (const { kind, text } of texts) {
    store.messages.append(sessionId, id, { role: "user", text });
    store.events.append(sessionId, id, { name: "user_message", fields: { kind, text } });
  }
  return texts.length > 0;
}
