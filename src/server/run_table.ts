import { NO_USAGE } from "../domain/usage.ts";
import type { RunEnd } from "../domain/run_end.ts";
import type { RunRecord, RunState } from "./records.ts";
import type { RunTable } from "./store.ts";
import { recordOf, type Row } from "./row.ts";
import type { TableParts } from "./table_parts.ts";

type RunRow = Row<RunRecord, "request" | "usage" | "end">;

const COLUMNS = 'id, sessionId, state, owner, request, turns, usage, ending AS "end", startedAt, endedAt';

export function runTable({ database, now, touched }: TableParts): RunTable {
  const one = (where: string, value: string) => {
    const row = database.get<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE ${where}`, value);
    return row && runOf(row);
  };
  const get = (id: string) => one("id = ?", id);
  const touchedRun = (id: string) => {
    const run = database.get<{ sessionId: string }>("SELECT sessionId FROM runs WHERE id = ?", id);
    if (run) touched(run.sessionId);
  };
  return {
    begin({ id, sessionId, owner, request }) {
      return database.transaction(() => {
        const begun = database.run(
          `INSERT INTO runs (id, sessionId, state, owner, request, turns, usage, startedAt)
            VALUES (?, ?, 'queued', ?, ?, 0, ?, ?)
            ON CONFLICT (sessionId) WHERE ending IS NULL DO NOTHING`,
          ...[id, sessionId, owner, JSON.stringify(request), JSON.stringify(NO_USAGE), now()],
        );
        if (begun === 0) return undefined;
        database.run("UPDATE sessions SET updatedAt = ? WHERE id = ?", now(), sessionId);
        touched(sessionId);
        return get(id);
      });
    },
    get,
    active: (sessionId) => one("sessionId = ? AND ending IS NULL", sessionId),
    latest: (sessionId) => one("sessionId = ? ORDER BY number DESC LIMIT 1", sessionId),
    unfinished: () =>
      database.all<RunRow>(`SELECT ${COLUMNS} FROM runs WHERE ending IS NULL ORDER BY number`).map(runOf),
    update(id, { state, owner, request, turns, usage }) {
      database.run(
        `UPDATE runs SET state = coalesce(?, state), owner = coalesce(?, owner),
          request = coalesce(?, request), turns = coalesce(?, turns), usage = coalesce(?, usage)
          WHERE id = ? AND ending IS NULL`,
        ...[state ?? null, owner ?? null, request ? JSON.stringify(request) : null, turns ?? null],
        ...[usage ? JSON.stringify(usage) : null, id],
      );
      touchedRun(id);
    },
    end(id, end) {
      const ended = database.run(
        "UPDATE runs SET state = ?, ending = ?, endedAt = ? WHERE id = ? AND ending IS NULL",
        ...[stateOf(end), JSON.stringify(end), now(), id],
      ) > 0;
      if (ended) touchedRun(id);
      return ended;
    },
  };
}

function stateOf(end: RunEnd): RunState {
  if ("failed" in end) return "failed";
  return end.stopped === "cancelled" ? "cancelled" : "completed";
}

function runOf(row: RunRow): RunRecord {
  const run = recordOf<RunRecord, "request" | "usage" | "end">(row, ["request", "usage", "end"]);
  // JSON has no `undefined`.
  return { ...run, request: { ...run.request, model: run.request.model } };
}
