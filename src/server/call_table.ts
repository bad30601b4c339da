import type { CallRecord } from "./records.ts";
import type { CallTable } from "./store.ts";
import type { TableParts } from "./table_parts.ts";

interface Row {
  readonly id: string;
  readonly sessionId: string;
  readonly runId: string;
  readonly turn: number;
  readonly position: number;
  readonly callId: string;
  readonly tool: string;
  readonly input: string;
  readonly hash: string;
  readonly state: CallRecord["state"];
  readonly verdict: CallRecord["verdict"];
  readonly rule: string;
  readonly profile: string;
  readonly place: CallRecord["place"];
  readonly requestedAt: string;
  readonly expiresAt: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
  readonly result: string | null;
  readonly isError: number | null;
}

export function callTable({ database, touched }: TableParts): CallTable {
  const rowOf = (id: string) => database.get<Row>("SELECT * FROM calls WHERE id = ?", id);
  const those = (rest: string, ...values: (string | number)[]) =>
    database.all<Row>(`SELECT * FROM calls ${rest}`, ...values).map(recordOf);
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
    get(id) {
      const row = rowOf(id);
      return row && recordOf(row);
    },
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
        const row = rowOf(id);
        if (!row || !from.includes(row.state)) return false;
        const { state, expiresAt, decidedBy, decidedAt, reason, result, isError } = change;
        database.run(
          `UPDATE calls SET state = coalesce(?, state), expiresAt = coalesce(?, expiresAt),
            decidedBy = coalesce(?, decidedBy), decidedAt = coalesce(?, decidedAt),
            reason = coalesce(?, reason), result = coalesce(?, result), isError = coalesce(?, isError)
            WHERE id = ?`,
          ...[state ?? null, expiresAt ?? null, decidedBy ?? null, decidedAt ?? null, reason ?? null],
          ...[result ?? null, isError === undefined ? null : Number(isError), id],
        );
        touched(row.sessionId);
        return true;
      }),
  };
}

function recordOf(row: Row): CallRecord {
  return {
    id: row.id,
    sessionId: row.sessionId,
    runId: row.runId,
    turn: row.turn,
    position: row.position,
    callId: row.callId,
    tool: row.tool,
    input: JSON.parse(row.input),
    hash: row.hash,
    state: row.state,
    verdict: row.verdict,
    rule: row.rule,
    profile: row.profile,
    place: row.place,
    requestedAt: row.requestedAt,
    expiresAt: row.expiresAt ?? undefined,
    decidedBy: row.decidedBy ?? undefined,
    decidedAt: row.decidedAt ?? undefined,
    reason: row.reason ?? undefined,
    result: row.result ?? undefined,
    isError: row.isError === null ? undefined : row.isError === 1,
  };
}
