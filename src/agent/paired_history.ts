/**
 * A conversation as every provider takes it: people and model in turns, an answer for each call, nothing empty.
 *
 * @module
 */
import type { AssistantPart, Message } from "../domain/message.ts";
import type { ToolResult } from "../domain/toolbox.ts";
import type { ModelApi } from "../models/model_api.ts";
import { freshId } from "./call_ids.ts";
import { METADATA_NAME } from "./provider_model.ts";

type AssistantMessage = Extract<Message, { role: "assistant" }>;
type ToolMessage = Extract<Message, { role: "tool" }>;

/** Stands where a person said nothing, or the conversation does not begin with one. */
const NO_WORDS = "(no message)";
const GO_ON = "Continue.";
const NO_OUTPUT = "<empty tool result>";
/** Whether such a call was carried out is not known: it is not for the model to assume either. */
export const NO_RESULT = "No result of this call is known: it may have been carried out, or not.";

/**
 * `messages`, for a model behind `api`, which is shown no thoughts of another provider's. Begins and ends with what
 * is not the model's. A well-formed conversation comes out as it was, its longer versions begin as it does.
 */
export function pairedHistory(messages: readonly Message[], api: ModelApi): readonly Message[] {
  const paired: Message[] = [];
  const ids = new Set<string>();
  messages.forEach((message, at) => {
    if (message.role === "user") add(paired, { role: "user", text: message.text });
    if (message.role !== "assistant") return;
    const parts = partsFor(api, message.parts);
    if (parts.length === 0) return;
    if (paired.length === 0) add(paired, { role: "user", text: "" });
    const [answer, results] = answered(api, parts, resultsAfter(messages, at), ids);
    add(paired, answer);
    if (results.results.length > 0) add(paired, results);
  });
  if (paired.length === 0) add(paired, { role: "user", text: "" });
  if (paired.at(-1)?.role === "assistant") add(paired, { role: "user", text: GO_ON });
  return paired.map((message) =>
    message.role === "user" && message.text.trim() === "" ? { ...message, text: NO_WORDS } : message
  );
}

/** Whoever speaks twice in a row has said it in one message. */
function add(paired: Message[], message: Message): void {
  const before = paired.at(-1);
  if (message.role === "user" && before?.role === "user") {
    paired[paired.length - 1] = { role: "user", text: `${before.text}\n\n${message.text}`.trim() };
  } else if (message.role === "assistant" && before?.role === "assistant") {
    // Only an answer without calls stands right before another.
    paired[paired.length - 1] = { role: "assistant", parts: [...before.parts, ...message.parts] };
  } else {
    paired.push(message);
  }
}

/** What of an answer its next reader may be shown; thoughts that nothing follows are no part of a conversation. */
function partsFor(api: ModelApi, parts: readonly AssistantPart[]): readonly AssistantPart[] {
  const kept = parts.filter((part) => {
    const own = ownMetadata(api, part);
    if (part.type === "tool_call") return true;
    if (part.type === "text") return part.text.trim() !== "" || (api === "google" && own);
    // The shape of OpenAI Chat has thoughts as plain text.
    return api === "openai-chat" ? !part.providerMetadata && part.text.trim() !== "" : own;
  });
  const says = kept.some((part) =>
    part.type === "tool_call" || part.type === "text" && part.text.trim() !== ""
  );
  return says ? kept.slice(0, kept.findLastIndex(({ type }) => type !== "reasoning") + 1) : [];
}

function ownMetadata(api: ModelApi, { providerMetadata }: AssistantPart): boolean {
  return typeof providerMetadata === "object" && providerMetadata !== null &&
    METADATA_NAME[api] in providerMetadata;
}

/** The results told between an answer and the next one, the last of each call. */
function resultsAfter(messages: readonly Message[], at: number): ReadonlyMap<string, ToolResult> {
  const next = messages.findIndex(({ role }, index) => index > at && role === "assistant");
  const between = messages.slice(at + 1, next === -1 ? undefined : next);
  const results = between.flatMap((message) => message.role === "tool" ? message.results : []);
  return new Map(results.map((result) => [result.callId, result]));
}

function answered(
  api: ModelApi,
  parts: readonly AssistantPart[],
  known: ReadonlyMap<string, ToolResult>,
  ids: Set<string>,
): [AssistantMessage, ToolMessage] {
  const results: ToolResult[] = [];
  const renamed = parts.map((part) => {
    if (part.type !== "tool_call") return part;
    const { id } = part.call;
    const result = known.get(id);
    const fresh = freshId(api === "anthropic" ? id.replaceAll(/[^A-Za-z0-9_-]/g, "_") : id, ids);
    results.push({
      callId: fresh,
      text: result ? result.text.trim() === "" ? NO_OUTPUT : result.text : NO_RESULT,
      isError: result?.isError ?? true,
    });
    return fresh === id ? part : { ...part, call: { ...part.call, id: fresh } };
  });
  return [{ role: "assistant", parts: renamed }, { role: "tool", results }];
}
