import type { StoredEvent } from "./records.ts";
import type { EventTable } from "./store.ts";
import { recordOf, type Row } from "./row.ts";
import type { TableParts } from "./table_parts.ts";

/** Removed in one transaction, which holds up every other writer: some 100 ms. */
const PRUNED_AT_ONCE = 10_000;

export function eventTable({ database, now, touched }: TableParts): EventTable {
  /** Up to the first that stays, so that what stays has no hole. */
  const pruneSession = (sessionId: string, before: string, most: number) => {
    const { first } = database.get<{ first: number }>(
      "SELECT min(id) AS first FROM events WHERE sessionId = ?",
      sessionId,
    )!;
    const stays = database.get<{ id: number }>(
      `SELECT id FROM events WHERE sessionId = ?1 AND id < ?2 AND (timestamp >= ?3 OR runId =
        (SELECT runs.id FROM runs WHERE sessionId = ?1 AND ending IS NULL)) ORDER BY id LIMIT 1`,
      ...[sessionId, first + most, before],
    );
    return database.run(
      "DELETE FROM events WHERE sessionId = ? AND id < ?",
      ...[sessionId, stays?.id ?? first + most],
    );
  };
  return {
    append: (sessionId, runId, event) =>
      database.transaction(() => {
        const timestamp = now();
        database.run(
          "UPDATE sessions SET lastEvent = lastEvent + 1, updatedAt = ? WHERE id = ?",
          ...[timestamp, sessionId],
        );
        const session = database.get<{ lastEvent: number }>(
          "SELECT lastEvent FROM sessions WHERE id = ?",
          sessionId,
        );
        if (!session) throw new Error(`there is no session ${sessionId}`);
        const id = session.lastEvent;
        database.run(
          "INSERT INTO events (sessionId, id, runId, timestamp, event) VALUES (?, ?, ?, ?, ?)",
          ...[sessionId, id, runId ?? null, timestamp, JSON.stringify(event)],
        );
        touched(sessionId);
        return { id, sessionId, runId, timestamp, event };
      }),
    after: (sessionId, id, limit) =>
      database.all<Row<StoredEvent, "event">>(
        "SELECT id, sessionId, runId, timestamp, event FROM events WHERE sessionId = ? AND id > ? ORDER BY id LIMIT ?",
        ...[sessionId, id, limit],
      ).map((row) => recordOf<StoredEvent, "event">(row, ["event"])),
    bounds(sessionId) {
      const { newest = 0, first = null } = database.get<{ newest: number; first: number | null }>(
        `SELECT lastEvent AS newest, (SELECT min(id) FROM events WHERE sessionId = sessions.id) AS first
          FROM sessions WHERE id = ?`,
        sessionId,
      ) ?? {};
      return { oldest: first ?? (newest === 0 ? 0 : newest + 1), newest };
    },
    prune: (before) =>
      database.transaction(() => {
        const sessions = database.all<{ id: string }>(
          `SELECT id FROM sessions WHERE (SELECT timestamp FROM events WHERE sessionId = sessions.id
            ORDER BY id LIMIT 1) < ?`,
          before,
        );
        let pruned = 0;
        for (const { id } of sessions) {
          if (pruned < PRUNED_AT_ONCE) pruned += pruneSession(id, before, PRUNED_AT_ONCE - pruned);
        }
        return pruned;
      }),
  };
}
