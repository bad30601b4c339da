import type { Database } from "./database.ts";

/** Removed in one transaction, which holds up every other writer: some 100 ms. */
const PRUNED_AT_ONCE = 10_000;

/** As `EventTable.prune`. */
export function pruneEvents(database: Database, before: string): number {
  return database.transaction(() => {
    const sessions = database.all<{ id: string }>(
      `SELECT id FROM sessions WHERE (SELECT timestamp FROM events WHERE sessionId = sessions.id
        ORDER BY id LIMIT 1) < ?`,
      before,
    );
    let pruned = 0;
    for (const { id } of sessions) {
      if (pruned < PRUNED_AT_ONCE) pruned += pruneSession(database, id, before, PRUNED_AT_ONCE - pruned);
    }
    return pruned;
  });
}

/** Up to the first that stays, so that what stays has no hole. */
function pruneSession(database: Database, sessionId: string, before: string, most: number): number {
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
}
