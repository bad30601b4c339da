import type { StoredEvent } from "./records.ts";
import type { EventTable } from "./store.ts";
import { pruneEvents } from "./prune_events.ts";
import { recordOf, type Row } from "./row.ts";
import type { TableParts } from "./table_parts.ts";

export function eventTable({ database, now, touched }: TableParts): EventTable {
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
    prune: (before) => pruneEvents(database, before),
  };
}
