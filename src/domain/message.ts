import type { Json } from "./json.ts";
import type { ToolCall, ToolResult } from "./toolbox.ts";

/** One entry of a conversation. The system prompt is none of them: it is built anew for each run. */
export type Message =
  | { readonly role: "user"; readonly text: string }
  | { readonly role: "assistant"; readonly parts: readonly AssistantPart[] }
  /** The answers to all calls of the assistant's message before it, in the order of the calls. */
  | { readonly role: "tool"; readonly results: readonly ToolResult[] };

export type AssistantPart =
  & (
    | { readonly type: "text"; readonly text: string }
    | { readonly type: "reasoning"; readonly text: string }
    | { readonly type: "tool_call"; readonly call: ToolCall }
  )
  & {
    /** What the provider wants to see again with this part: signatures of thoughts, ids of items. Never read by us. */
    readonly providerMetadata?: Json;
  };
