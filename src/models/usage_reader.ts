/**
 * Counts what a call has used, from the answer as it passes by. The worker's word is not asked for.
 *
 * @module
 */
import { NO_USAGE, type Usage } from "../domain/usage.ts";
import type { ApiRules } from "./api_rules.ts";
import { estimatedTokens } from "./token_budget.ts";

export interface UsageReader {
  readonly push: (chunk: Uint8Array) => void;
  /** What the provider has said so far; what it has not said goes by the length of request and answer. */
  readonly usage: () => Usage;
}

const COUNTS = Object.keys(NO_USAGE) as readonly (keyof Usage)[];

/** Reads the server-sent events of an answer to a request of so many bytes. */
export function usageReader({ usage }: Pick<ApiRules, "usage">, requestBytes: number): UsageReader {
  const decoder = new TextDecoder();
  const told = new Map<keyof Usage, number>();
  let rest = "";
  let bytes = 0;
  const read = (line: string) => {
    // Of thousands of events a few say it.
    if (!line.startsWith("data:") || !/usage/i.test(line)) return;
    const counts = eventOf(line.slice("data:".length), usage) ?? {};
    for (const name of COUNTS) {
      const count = counts[name];
      if (count !== undefined) told.set(name, Math.max(count, told.get(name) ?? 0));
    }
  };
  return {
    push(chunk) {
      bytes += chunk.length;
      const lines = decoder.decode(chunk, { stream: true }).split("\n");
      lines[0] = rest + lines[0];
      rest = lines.pop()!;
      lines.forEach(read);
    },
    usage() {
      read(rest);
      return {
        ...NO_USAGE,
        inputTokens: estimatedTokens(requestBytes),
        outputTokens: estimatedTokens(bytes),
        ...Object.fromEntries(told),
      };
    },
  };
}

function eventOf(data: string, usage: ApiRules["usage"]): Partial<Usage> | undefined {
  try {
    return usage(JSON.parse(data));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
