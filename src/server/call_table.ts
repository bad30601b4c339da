import type { CallRecord } from "./records.ts";
import type { CallTable } from "./store.ts";
import { recordOf, type Row } from "./row.ts";
import type { TableParts } from "./table_parts.ts";

type CallRow = Row<CallRecord, "input" | "isError">;

const COLUMNS =
  `id, sessionId, runId, turn, position, callId, tool, input, hash, state, verdict, rule, profile, place,
  requestedAt, expiresAt, decidedBy, decidedAt, reason, result, isError`;

export function callTable({ database, touched }: TableParts): CallTable {
  const those = (rest: string, ...values: (string | number)[]) =>
    database.all<CallRow>(`SELECT ${COLUMNS} FROM calls ${rest}`, ...values).map(callOf);
  const get = (id: string) => those("WHERE id = ?", id)[0];
  return {
    add(call) {
      database.run(
        `INSERT INTO calls (id, sessionId, runId, turn, position, callId, tool, input, hash, state, verdict,
            rule, profile, place, requestedAt, expiresAt)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[call.id, call.sessionId, call.runId, call.turn, call.position, call.callId, call.tool],
        ...[JSON.stringify(call.input), call.hash, call.state, call.verdict, call.rule, call.profile],
        ...[call.place, call.requestedAt, call.expiresAt ?? null],
      );
      touched(call.sessionId);
    },
    get,
    ofTurn: (runId, turn) => those("WHERE runId = ? AND turn = ? ORDER BY position", runId, turn),
    pending: (sessionId) =>
      sessionId === undefined
        ? those("WHERE state = 'pending' ORDER BY number")
        : those("WHERE state = 'pending' AND sessionId = ? ORDER BY number", sessionId),
    approvals({ limit, offset }) {
      const asked = "WHERE expiresAt IS NOT NULL";
      const approvals = those(`${asked} ORDER BY number DESC LIMIT ? OFFSET ?`, limit, offset);
      const { total } = database.get<{ total: number }>(`SELECT count(*) AS total FROM calls ${asked}`)!;
      return { approvals, total };
    },
    move: (id, from, change) =>
      database.transaction(() => {
        const call = get(id);
        if (!call || !from.includes(call.state)) return false;
        const { state, verdict, rule, expiresAt, decidedBy, decidedAt, reason, result, isError } = change;
        database.run(
          `UPDATE calls SET state = coalesce(?, state), verdict = coalesce(?, verdict),
            rule = coalesce(?, rule), expiresAt = coalesce(?, expiresAt),
            decidedBy = coalesce(?, decidedBy), decidedAt = coalesce(?, decidedAt),
            reason = coalesce(?, reason), result = coalesce(?, result), isError = coalesce(?, isError)
            WHERE id = ?`,
          ...[
            state ?? null,
            verdict ?? null,
            rule ?? null,
            expiresAt ?? null,
            decidedBy ?? null,
            decidedAt ?? null,
            reason ?? null,
          ],
          ...[result ?? null, isError === undefined ? null : String(isError), id],
        );
        touched(call.sessionId);
        return true;
      }),
  };
}

function callOf(row: CallRow): CallRecord {
  return recordOf<CallRecord, "input" | "isError">(row, ["input", "isError"]);
}
