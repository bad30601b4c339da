/**
 * How long a conversation is, estimated in tokens, and how long it may be. Source: server spec §4.6.
 *
 * @module
 */
import type { AssistantPart, Message } from "../domain/message.ts";
import type { ToolDescription } from "../domain/toolbox.ts";
import type { ModelLimits } from "../models/model_route.ts";

const BYTES_PER_TOKEN = 3.5;
const PART_TOKENS = 3;
const MESSAGE_TOKENS = 8;
const TOOL_TOKENS = 8;
/** Around a call, or a result, in bytes. */
const CALL_BYTES = 30;
const SCHEMA_FACTOR = 1.2;
const SAFETY = 1.05;

/** In tokens. */
export interface ContextBudget {
  /** What the model takes, its answer left out. */
  readonly available: number;
  /** A longer conversation is trimmed… */
  readonly threshold: number;
  /** …to this, so that it need not be trimmed again at once. */
  readonly target: number;
}

export function contextBudget({ contextTokens, outputTokens }: ModelLimits): ContextBudget {
  const available = Math.max(0, contextTokens - outputTokens);
  const threshold = Math.floor(available * 0.8);
  return { available, threshold, target: Math.floor(threshold * 0.75) };
}

/** What a request takes beside its messages. */
export function fixedTokens(systemPrompt: string, tools: readonly ToolDescription[]): number {
  const ofTools = tools.map(({ name, description, inputSchema }) => {
    const bytes = bytesOf(name) + bytesOf(description) + bytesOf(JSON.stringify(inputSchema));
    return Math.ceil(Math.ceil(SCHEMA_FACTOR * bytes) / BYTES_PER_TOKEN) + TOOL_TOKENS;
  });
  const system = systemPrompt === "" ? 0 : historyTokens([textTokens(systemPrompt) + MESSAGE_TOKENS]);
  return ofTools.reduce((sum, tokens) => sum + tokens, system);
}

/** Of all messages, which have so many tokens each. */
export function historyTokens(each: readonly number[]): number {
  return Math.ceil(each.reduce((sum, tokens) => sum + tokens, 0) * SAFETY);
}

export function messageTokens(message: Message): number {
  if (message.role === "user") return MESSAGE_TOKENS + textTokens(message.text);
  const parts = message.role === "tool"
    ? message.results.map(({ text }) => tokensOf(bytesOf(text) + CALL_BYTES))
    : message.parts.map(partTokens);
  return parts.reduce((sum, tokens) => sum + tokens + PART_TOKENS, MESSAGE_TOKENS);
}

function partTokens(part: AssistantPart): number {
  if (part.type === "text") return textTokens(part.text);
  // Thoughts are sent again, with what the provider signed or encrypted of them.
  if (part.type === "reasoning") {
    return textTokens(part.text) + tokensOf(bytesOf(JSON.stringify(part.providerMetadata ?? "")));
  }
  return tokensOf(bytesOf(part.call.name) + bytesOf(JSON.stringify(part.call.input) ?? "") + CALL_BYTES);
}

function textTokens(text: string): number {
  return tokensOf(bytesOf(text));
}

function tokensOf(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
