import type { Json } from "../../domain/json.ts";
import type { ApiRules } from "../api_rules.ts";
import { at, tokensAt } from "../json_field.ts";
import { any, fields, list, plain, tagged, textOr } from "../request_shape.ts";

const CONTENT = textOr(list(tagged("type", {
  text: fields({ type: plain, text: plain, cache_control: any }),
  refusal: fields({ type: plain, refusal: plain }),
})));

/** OpenAI's models that think refuse `max_tokens`; many other servers know nothing else. */
const COUNTS_THOUGHTS = /^(o\d|gpt-[5-9])/;

/** Chat Completions: https://platform.openai.com/docs/api-reference/chat, and the many that speak it. */
export const openaiChatApi: ApiRules = {
  workerPath: () => "/chat/completions",
  shape: fields({
    max_tokens: plain,
    max_completion_tokens: plain,
    messages: list(fields({
      role: plain,
      content: CONTENT,
      tool_call_id: plain,
      tool_calls: list(tagged("type", {
        function: fields({
          type: plain,
          id: plain,
          function: fields({ name: plain, arguments: plain }),
          // Gemini's signature of a thought, where it is asked this way.
          extra_content: any,
        }),
      })),
      reasoning_content: plain,
      reasoning: plain,
      reasoning_details: any,
    })),
    tools: list(tagged("type", {
      function: fields({
        type: plain,
        function: fields({ name: plain, description: plain, parameters: any, strict: plain }),
      }),
    })),
    tool_choice: any,
    parallel_tool_calls: plain,
    reasoning_effort: plain,
    verbosity: plain,
    prompt_cache_key: plain,
    temperature: plain,
    top_p: plain,
    frequency_penalty: plain,
    presence_penalty: plain,
    stop: textOr(list(plain)),
    seed: plain,
  }),
  asked: (body) => body.max_completion_tokens ?? body.max_tokens,
  sealed({ max_tokens: _, max_completion_tokens: __, ...body }, { model }, answerTokens) {
    const limit = COUNTS_THOUGHTS.test(model) ? "max_completion_tokens" : "max_tokens";
    return { ...body, model, [limit]: answerTokens, stream: true, stream_options: { include_usage: true } };
  },
  usage(event) {
    const usage: Json | undefined = at(event, "usage");
    const inputTokens = tokensAt(usage, "prompt_tokens");
    const outputTokens = tokensAt(usage, "completion_tokens");
    if (inputTokens === undefined || outputTokens === undefined) return undefined;
    return {
      inputTokens,
      outputTokens,
      cacheReadTokens: tokensAt(usage, "prompt_tokens_details", "cached_tokens") ?? 0,
      cacheWriteTokens: tokensAt(usage, "prompt_tokens_details", "cache_write_tokens") ?? 0,
      reasoningTokens: tokensAt(usage, "completion_tokens_details", "reasoning_tokens") ?? 0,
    };
  },
  asking: (prompt) => ({ messages: [{ role: "user", content: prompt }] }),
};
