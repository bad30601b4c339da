import type * as z from "zod";
import type { AssistantPart, Message } from "../domain/message.ts";
import type { message } from "./api_schemas_messages.ts";

type MessageJson = z.infer<typeof message>;
type PartJson = Exclude<MessageJson["content"], string>[number];

/** A message as the API shows it. Source: server spec §1.4. */
export function messageJson(message: Message): MessageJson {
  switch (message.role) {
    case "user":
      return { role: "user", content: message.text };
    case "assistant":
      return { role: "assistant", content: contentOf(message.parts) };
    case "tool":
      return {
        role: "tool",
        content: message.results.map(({ callId, text, isError }) => ({
          type: "tool_result",
          tool_call_id: callId,
          content: text,
          is_error: isError,
        })),
      };
  }
}

function contentOf(parts: readonly AssistantPart[]): MessageJson["content"] {
  const [first, ...others] = parts;
  return first?.type === "text" && others.length === 0 ? first.text : parts.map(partJson);
}

function partJson(part: AssistantPart): PartJson {
  if (part.type !== "tool_call") return { type: part.type, text: part.text };
  const { call: { id, name, input }, providerMetadata: metadata } = part;
  return { type: "tool_call", id, name, arguments: input, ...(metadata !== undefined && { metadata }) };
}
