/**
 * Our conversation in the words of the SDK.
 *
 * @module
 */
import type {
  LanguageModelV4FunctionTool,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultPart,
  SharedV4ProviderOptions,
} from "@ai-sdk/provider";
import type { AssistantPart, Message } from "../domain/message.ts";
import type { ToolDescription, ToolResult } from "../domain/toolbox.ts";

type AssistantContent = Extract<LanguageModelV4Message, { role: "assistant" }>["content"][number];

/** Anthropic is asked to keep what comes up to here: the tools with the system prompt, and all of the conversation. */
const KEEP: SharedV4ProviderOptions = { anthropic: { cacheControl: { type: "ephemeral" } } };

/** What every provider takes as the name of a tool; a model may call one that never was. */
const MAX_NAME_CHARACTERS = 64;

/** @param history of `pairedHistory`. */
export function promptOf(systemPrompt: string, history: readonly Message[]): LanguageModelV4Prompt {
  const names = new Map<string, string>();
  const system: LanguageModelV4Message[] = systemPrompt.trim() === ""
    ? []
    : [{ role: "system", content: systemPrompt.toWellFormed(), providerOptions: KEEP }];
  const messages = history.map((message, at): LanguageModelV4Message => ({
    ...messageOf(message, names),
    ...at === history.length - 1 && { providerOptions: KEEP },
  }));
  return [...system, ...messages];
}

export function toolsOf(tools: readonly ToolDescription[]): LanguageModelV4FunctionTool[] {
  return tools.map(({ name, description, inputSchema }) => ({
    type: "function",
    name,
    description,
    inputSchema: inputSchema as LanguageModelV4FunctionTool["inputSchema"],
  }));
}

function messageOf(message: Message, names: Map<string, string>): LanguageModelV4Message {
  if (message.role === "user") {
    return { role: "user", content: [{ type: "text", text: message.text.toWellFormed() }] };
  }
  if (message.role === "tool") {
    return { role: "tool", content: message.results.map((result) => resultOf(result, names)) };
  }
  return { role: "assistant", content: message.parts.map((part) => contentOf(part, names)) };
}

function contentOf(part: AssistantPart, names: Map<string, string>): AssistantContent {
  const providerOptions = part.providerMetadata as SharedV4ProviderOptions | undefined;
  const own = providerOptions && { providerOptions };
  if (part.type !== "tool_call") return { type: part.type, text: part.text.toWellFormed(), ...own };
  const { id, input } = part.call;
  const toolName = part.call.name.slice(0, MAX_NAME_CHARACTERS).replaceAll(/[^A-Za-z0-9_-]/g, "_") ||
    "unnamed";
  names.set(id, toolName);
  return { type: "tool-call", toolCallId: id, toolName, input: argumentsOf(input), ...own };
}

/** Arguments are an object, for every provider; what was none is shown for what it is. */
function argumentsOf(input: unknown): unknown {
  const isObject = typeof input === "object" && input !== null && !Array.isArray(input);
  return wellFormed(isObject ? input : { not_an_object: input });
}

function resultOf(
  { callId, text, isError }: ToolResult,
  names: Map<string, string>,
): LanguageModelV4ToolResultPart {
  return {
    type: "tool-result",
    toolCallId: callId,
    toolName: names.get(callId) ?? "unnamed",
    output: { type: isError ? "error-text" : "text", value: text.toWellFormed() },
  };
}

/** Half a character makes a request that providers refuse as no JSON. */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}
