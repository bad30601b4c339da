/** Tokens of model calls, as the provider counts them. */
export interface Usage {
  /** All of the prompt, cached or not. */
  readonly inputTokens: number;
  /** Of them, those read from the provider's cache. */
  readonly cacheReadTokens: number;
  /** Of them, those written to it. */
  readonly cacheWriteTokens: number;
  /** All of the answer, reasoning included. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
};

export function addUsage(one: Usage, other: Usage): Usage {
  return {
    inputTokens: one.inputTokens + other.inputTokens,
    cacheReadTokens: one.cacheReadTokens + other.cacheReadTokens,
    cacheWriteTokens: one.cacheWriteTokens + other.cacheWriteTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    reasoningTokens: one.reasoningTokens + other.reasoningTokens,
  };
}
