import type { ModelApi } from "../models/model_api.ts";

/** An answer of each API that says a word and calls the tool `view`, as server-sent events. */
export const PRACTICE_ANSWERS: Readonly<Record<ModelApi, string>> = {
  anthropic: events(
    { type: "message_start", message: { id: "m", model: "m", usage: { input_tokens: 1, output_tokens: 1 } } },
    { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
    { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "Well." } },
    { type: "content_block_stop", index: 0 },
    {
      type: "content_block_start",
      index: 1,
      content_block: { type: "tool_use", id: "call", name: "view", input: {} },
    },
    { type: "content_block_delta", index: 1, delta: { type: "input_json_delta", partial_json: "{}" } },
    { type: "content_block_stop", index: 1 },
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ),
  "openai-responses": events(
    { type: "response.created", response: { id: "r", created_at: 1, model: "m" } },
    { type: "response.output_item.added", output_index: 0, item: { type: "message", id: "text" } },
    { type: "response.output_text.delta", item_id: "text", delta: "Well." },
    { type: "response.output_item.done", output_index: 0, item: { type: "message", id: "text" } },
    { type: "response.output_item.added", output_index: 1, item: functionCall("in_progress") },
    { type: "response.output_item.done", output_index: 1, item: functionCall("completed") },
    { type: "response.completed", response: { usage: { input_tokens: 1, output_tokens: 1 } } },
  ),
  "openai-chat": events(
    chatChunk({ role: "assistant", content: "Well." }, null),
    chatChunk({
      tool_calls: [{ index: 0, id: "call", type: "function", function: { name: "view", arguments: "{}" } }],
    }, null),
    chatChunk({}, "tool_calls"),
  ),
  google: events({
    candidates: [{
      content: { role: "model", parts: [{ text: "Well." }, { functionCall: { name: "view", args: {} } }] },
      finishReason: "STOP",
    }],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1 },
  }),
};

function events(...all: readonly unknown[]): string {
  return all.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
}

function functionCall(status: string): unknown {
  return { type: "function_call", id: "item", call_id: "call", name: "view", arguments: "{}", status };
}

function chatChunk(delta: unknown, finish: string | null): unknown {
  return { id: "1", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason: finish }] };
}
