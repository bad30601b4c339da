import type { DayTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

export function dayTable({ database }: Pick<TableParts, "database">): DayTable {
  return {
    add(day, usage) {
      database.run(
        `INSERT INTO days (day, inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens,
            reasoningTokens) VALUES (?, ?, ?, ?, ?, ?)
          ON CONFLICT (day) DO UPDATE SET inputTokens = inputTokens + excluded.inputTokens,
            cacheReadTokens = cacheReadTokens + excluded.cacheReadTokens,
            cacheWriteTokens = cacheWriteTokens + excluded.cacheWriteTokens,
            outputTokens = outputTokens + excluded.outputTokens,
            reasoningTokens = reasoningTokens + excluded.reasoningTokens`,
        ...[day, usage.inputTokens, usage.cacheReadTokens, usage.cacheWriteTokens],
        ...[usage.outputTokens, usage.reasoningTokens],
      );
    },
    tokens: (day) =>
      database.get<{ tokens: number }>(
        "SELECT inputTokens + outputTokens AS tokens FROM days WHERE day = ?",
        day,
      )?.tokens ?? 0,
  };
}
