import type { LanguageModelV4FunctionTool, LanguageModelV4Prompt } from "@ai-sdk/provider";

/**
 * Stand-ins for the tools that a conversation has called: a run that has none may go on with it, and Anthropic takes no
 * request with calls in it that names no tool. One that is called none the less is told that it does not exist.
 */
export function formerTools(prompt: LanguageModelV4Prompt): LanguageModelV4FunctionTool[] {
  const names = prompt.flatMap((message) =>
    message.role === "assistant"
      ? message.content.flatMap((part) => part.type === "tool-call" ? [part.toolName] : [])
      : []
  );
  return [...new Set(names)].map((name) => ({
    type: "function",
    name,
    description: "Not available in this run.",
    inputSchema: { type: "object", properties: {} },
  }));
}
