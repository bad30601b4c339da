// deno-lint-ignore-file camelcase -- the fields are those of the wire
/**
 * What a model says, turn by turn, in the words of no provider.
 *
 * @module
 */
import type { Gate } from "./gate.ts";
import type { ProviderRequest } from "./provider.ts";

/** The wire formats that aimock speaks. */
export const WIRES = ["anthropic", "openai-responses", "openai-chat"] as const;
export type Wire = (typeof WIRES)[number];

export interface ModelCall {
  /** As the model writes it: `stakpak__view`. */
  readonly name: string;
  readonly input: unknown;
  readonly id?: string;
}

export interface Step {
  readonly say?: string;
  readonly thinks?: string;
  readonly calls?: readonly ModelCall[];
  /** `length`: the answer was as long as it may be. */
  readonly finish?: "length";
  /** Tokens, as the provider counts them. */
  readonly usage?: { readonly input: number; readonly output: number };

  /** In place of an answer: an error in the provider's own words. */
  readonly error?: ProviderError;
  /** In place of an answer: the answer's headers, then nothing for ever. */
  readonly silent?: boolean;
  /** In place of an answer: somewhere else. */
  readonly redirect?: string;
  /** In place of an answer: these bytes. */
  readonly raw?: { readonly status: number; readonly type: string; readonly text: string };

  /** Nothing is answered before this is open. */
  readonly hold?: Gate;
  /** The connection ends after so much of the answer: 0 to 1. */
  readonly cutAt?: number;
  /** What becomes of the answer's text on its way. */
  readonly mangle?: (text: string) => string;
}

export interface ProviderError {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  /** Seconds, or a date. */
  readonly retryAfter?: string;
}

/** A step, or what makes one of the request that it answers. */
export type Scripted = Step | ((request: ProviderRequest) => Step);

export const OVERLOADED: ProviderError = {
  status: 529,
  type: "overloaded_error",
  message: "Overloaded",
  retryAfter: "0",
};

/** The same fault as each provider names it. */
export function tooLong(wire: Wire): ProviderError {
  return wire === "anthropic"
    ? {
      status: 400,
      type: "invalid_request_error",
      message: "prompt is too long: 213462 tokens > 200000 maximum",
    }
    : {
      status: 400,
      type: "invalid_request_error",
      code: "context_length_exceeded",
      message: "This model's maximum context length is 128000 tokens. However, your messages resulted in " +
        "213462 tokens. Please reduce the length of the messages.",
    };
}

/** A model that will not: each provider has a way of its own to say so. */
export function refusal(wire: Wire): Step {
  const text = "I cannot help with that.";
  switch (wire) {
    case "anthropic":
      return { say: text, mangle: (sse) => sse.replaceAll('"end_turn"', '"refusal"') };
    case "openai-chat":
      return {
        say: text,
        mangle: (sse) => sse.replaceAll('"finish_reason":"stop"', '"finish_reason":"content_filter"'),
      };
    case "openai-responses":
      return { raw: { status: 200, type: "text/event-stream", text: refusedResponse(text) } };
  }
}

/** Source: OpenAI API reference, "Streaming events": `response.refusal.delta`, `response.refusal.done`. */
function refusedResponse(text: string): string {
  const response = {
    id: "resp_refused",
    object: "response",
    created_at: 1_764_000_000,
    model: "gpt-test",
    output: [] as unknown[],
    status: "in_progress",
    incomplete_details: null as unknown,
    usage: null as unknown,
  };
  const part = { type: "refusal", refusal: text };
  const item = {
    id: "msg_refused",
    type: "message",
    role: "assistant",
    status: "completed",
    content: [part],
  };
  const at = { item_id: item.id, output_index: 0, content_index: 0 };
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 15,
  };
  const events: Record<string, unknown>[] = [
    { type: "response.created", response },
    {
      type: "response.output_item.added",
      output_index: 0,
      item: { ...item, status: "in_progress", content: [] },
    },
    { type: "response.content_part.added", ...at, part: { type: "refusal", refusal: "" } },
    { type: "response.refusal.delta", ...at, delta: text },
    { type: "response.refusal.done", ...at, refusal: text },
    { type: "response.content_part.done", ...at, part },
    { type: "response.output_item.done", output_index: 0, item },
    {
      type: "response.incomplete",
      response: {
        ...response,
        status: "incomplete",
        output: [item],
        incomplete_details: { reason: "content_filter" },
        usage,
      },
    },
  ];
  return events.map((event, number) =>
    `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: number })}\n\n`
  ).join("");
}
