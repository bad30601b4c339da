import type { InputTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

export function inputTable({ database, touched }: TableParts): InputTable {
  return {
    add: (runId, kind, text) =>
      database.transaction(() => {
        const run = database.get<{ sessionId: string }>(
          "SELECT sessionId FROM runs WHERE id = ? AND ending IS NULL",
          runId,
        );
        if (!run) return false;
        database.run("INSERT INTO inputs (runId, kind, text) VALUES (?, ?, ?)", runId, kind, text);
        touched(run.sessionId);
        return true;
      }),
    take: (runId, kind) =>
      database.transaction(() => {
        const those = "FROM inputs WHERE runId = ? AND kind = ?";
        const rows = database.all<{ text: string }>(`SELECT text ${those} ORDER BY number`, runId, kind);
        if (rows.length > 0) database.run(`DELETE ${those}`, runId, kind);
        return rows.map(({ text }) => text);
      }),
    waiting: (runId, kind) =>
      database.get<{ count: number }>(
        "SELECT count(*) AS count FROM inputs WHERE runId = ? AND kind = coalesce(?, kind)",
        ...[runId, kind ?? null],
      )!.count,
  };
}
