import type { ToolCall, ToolResult } from "./toolbox.ts";

/** One entry of a conversation. */
export type Message =
  | { readonly role: "user"; readonly text: string }
  | { readonly role: "assistant"; readonly text: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: "tool"; readonly result: ToolResult };
