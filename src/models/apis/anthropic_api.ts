import type { Json } from "../../domain/json.ts";
import type { Usage } from "../../domain/usage.ts";
import type { ApiRules } from "../api_rules.ts";
import { at, tokensAt } from "../json_field.ts";
import { any, fields, list, plain, tagged, textOr } from "../request_shape.ts";

const TEXT = fields({ type: plain, text: plain, cache_control: any });
const TOOL = fields({
  type: plain,
  name: plain,
  description: plain,
  input_schema: any,
  strict: plain,
  eager_input_streaming: plain,
  cache_control: any,
});

/** Messages: https://docs.anthropic.com/en/api/messages */
export const anthropicApi: ApiRules = {
  workerPath: () => "/messages",
  shape: fields({
    max_tokens: plain,
    system: textOr(list(tagged("type", { text: TEXT }))),
    messages: list(fields({
      role: plain,
      content: textOr(list(tagged("type", {
        text: TEXT,
        thinking: fields({ type: plain, thinking: plain, signature: plain }),
        redacted_thinking: fields({ type: plain, data: plain }),
        tool_use: fields({ type: plain, id: plain, name: plain, input: any, cache_control: any }),
        tool_result: fields({
          type: plain,
          tool_use_id: plain,
          is_error: plain,
          content: textOr(list(tagged("type", { text: TEXT }))),
          cache_control: any,
        }),
      }))),
    })),
    // A tool of another type is the provider's own: it would search, run code or call servers by itself.
    tools: list(tagged("type", { custom: TOOL }, TOOL)),
    tool_choice: fields({ type: plain, name: plain, disable_parallel_tool_use: plain }),
    thinking: fields({ type: plain, budget_tokens: plain, display: plain }),
    output_config: fields({ effort: plain }),
    cache_control: any,
    temperature: plain,
    top_p: plain,
    top_k: plain,
    stop_sequences: list(plain),
  }),
  asked: (body) => body.max_tokens,
  thinking: (body) => at(body, "thinking", "budget_tokens"),
  sealed: (body, { model }, answerTokens) => ({ ...body, model, max_tokens: answerTokens, stream: true }),
  usage(event) {
    const type = at(event, "type");
    if (type === "message_start") return counted(at(event, "message", "usage"));
    // What the first event says about the answer is a beginning only.
    const usage = type === "message_delta" ? at(event, "usage") : undefined;
    const outputTokens = tokensAt(usage, "output_tokens");
    if (outputTokens === undefined) return undefined;
    const reasoningTokens = tokensAt(usage, "output_tokens_details", "thinking_tokens");
    return { outputTokens, ...(reasoningTokens === undefined ? {} : { reasoningTokens }), ...counted(usage) };
  },
  asking: (prompt) => ({ messages: [{ role: "user", content: prompt }] }),
};

/** All of the prompt: what came from the cache, or went to it, is told beside the rest here. */
function counted(usage: Json | undefined): Partial<Usage> {
  const fresh = tokensAt(usage, "input_tokens");
  if (fresh === undefined) return {};
  const cacheReadTokens = tokensAt(usage, "cache_read_input_tokens") ?? 0;
  const cacheWriteTokens = tokensAt(usage, "cache_creation_input_tokens") ?? 0;
  return { inputTokens: fresh + cacheReadTokens + cacheWriteTokens, cacheReadTokens, cacheWriteTokens };
}
