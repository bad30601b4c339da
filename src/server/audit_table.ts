import type { AuditRecord } from "./records.ts";
import type { AuditTable } from "./store.ts";
import { recordOf, type Row } from "./row.ts";
import type { TableParts } from "./table_parts.ts";

export function auditTable({ database, now }: TableParts): AuditTable {
  return {
    add(record) {
      database.run(
        `INSERT INTO audit (at, sessionId, runId, kind, subject, outcome, actor, details)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[now(), record.sessionId ?? null, record.runId ?? null, record.kind, record.subject],
        ...[record.outcome, record.actor, JSON.stringify(record.details)],
      );
    },
    list({ limit, offset, sessionId, kind }) {
      const wanted = [
        ...(sessionId === undefined ? [] : [["sessionId = ?", sessionId] as const]),
        ...(kind === undefined ? [] : [["kind = ?", kind] as const]),
      ];
      const matching = ["FROM audit WHERE true", ...wanted.map(([condition]) => condition)].join(" AND ");
      const values = wanted.map(([, value]) => value);
      const rows = database.all<Row<AuditRecord, "details">>(
        `SELECT * ${matching} ORDER BY id DESC LIMIT ? OFFSET ?`,
        ...[...values, limit, offset],
      );
      const { total } = database.get<{ total: number }>(`SELECT count(*) AS total ${matching}`, ...values)!;
      return { records: rows.map((row) => recordOf<AuditRecord, "details">(row, ["details"])), total };
    },
  };
}
