/**
 * The parts of an answer, put together as its stream comes.
 *
 * @module
 */
import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import type { Json } from "../domain/json.ts";
import type { AssistantPart } from "../domain/message.ts";

/** Deeper arguments are no call that a tool knows. */
const MAX_DEPTH = 64;
const MAX_NAME_CHARACTERS = 200;

export interface AnswerParts {
  take(part: LanguageModelV4StreamPart): void;
  /** In the order in which they began. */
  parts(): readonly AssistantPart[];
}

type Metadata = Readonly<Record<string, unknown>> | undefined;

interface Written {
  readonly type: "text" | "reasoning";
  text: string;
  metadata: Metadata;
}

export function answerParts(): AnswerParts {
  const all: (Written | AssistantPart)[] = [];
  /** By the stream's id; those are used again. */
  const open = new Map<string, Written>();
  return {
    take(part) {
      if (part.type === "text-start" || part.type === "reasoning-start") {
        const type = part.type === "text-start" ? "text" : "reasoning";
        const written: Written = { type, text: "", metadata: part.providerMetadata };
        all.push(written);
        open.set(part.id, written);
      } else if (isWritten(part)) {
        const written = open.get(part.id);
        if (!written) return;
        if ("delta" in part) written.text += part.delta;
        written.metadata = merged(written.metadata, part.providerMetadata);
      } else if (part.type === "tool-call" && !part.providerExecuted) {
        const { toolCallId: id, toolName, input, providerMetadata } = part;
        const name = toolName.slice(0, MAX_NAME_CHARACTERS) || "unnamed";
        const call = { id, name, input: inputOf(input) };
        all.push(withMetadata({ type: "tool_call", call }, providerMetadata));
      }
    },
    parts: () =>
      all.flatMap((part) => {
        if (part.type === "tool_call" || !("metadata" in part)) return [part as AssistantPart];
        const { type, text, metadata } = part;
        // Thoughts that are hidden have no text, but must be shown to the provider again.
        return text === "" && !metadata ? [] : [withMetadata({ type, text }, metadata)];
      }),
  };
}

type WrittenPart = Extract<
  LanguageModelV4StreamPart,
  { type: "text-delta" | "text-end" | "reasoning-delta" | "reasoning-end" }
>;

function isWritten(part: LanguageModelV4StreamPart): part is WrittenPart {
  return /^(text|reasoning)-(delta|end)$/.test(part.type);
}

/** What the model wrote, as JSON; the text itself where it is none, so that whoever judges the call can say so. */
function inputOf(text: string): Json {
  if (text.trim() === "") return {};
  try {
    const input: Json = JSON.parse(text);
    return isPlain(input, MAX_DEPTH) ? input : text;
  } catch {
    return text;
  }
}

/** `1e999` parses, and is no JSON any more. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((inner) => isPlain(inner, depth - 1));
}

function merged(one: Metadata, other: Metadata): Metadata {
  if (!one || !other) return one ?? other;
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(names.map((name) => [name, Object.assign({}, one[name], other[name])]));
}

function withMetadata<Part extends AssistantPart>(part: Part, metadata: Metadata): Part {
  // What is undefined in it is not in JSON.
  return metadata ? { ...part, providerMetadata: JSON.parse(JSON.stringify(metadata)) } : part;
}
