import type { UsageJson } from "../domain/run_event.ts";
import type { Usage } from "../domain/usage.ts";

/** Source: server spec §1.6. */
export function usageJson(usage: Usage): UsageJson {
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    input_token_details: {
      total: inputTokens,
      no_cache: Math.max(0, inputTokens - cacheReadTokens - cacheWriteTokens),
      cache_read: cacheReadTokens,
      cache_write: cacheWriteTokens,
    },
    output_token_details: {
      total: outputTokens,
      text: Math.max(0, outputTokens - reasoningTokens),
      reasoning: reasoningTokens,
    },
  };
}
