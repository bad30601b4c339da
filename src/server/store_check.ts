import type { Database } from "./database.ts";
import { DamagedStore } from "./store_error.ts";

/** Larger files are checked in full by `stakpak state check` alone: a start is to take less than a second. */
const WHOLE_BYTES_MAX = 64 * 1024 * 1024;
/** What decisions are made by; these stay small. */
const SMALL_TABLES = ["sessions", "runs", "inputs", "keys", "days"];
const TABLES = ["sessions", "messages", "runs", "calls", "events", "audit"];
const PROBLEMS_MAX = 20;

/** The check at each start: all of a small file, the small tables of a large one. Throws a `UserError`. */
export function quickCheck(database: Database, path: string, wholeBytesMax = WHOLE_BYTES_MAX): void {
  const checks = bytesOf(database) <= wholeBytesMax
    ? ["PRAGMA quick_check(1)"]
    : SMALL_TABLES.map((table) => `PRAGMA quick_check(${table})`);
  const problem = checks.flatMap((check) => problemsOf(database, check))[0];
  if (problem === undefined) return;
  throw new DamagedStore(path, problem);
}

/** How many of each there are, by table. */
export function countsOf(database: Database): Record<string, number> {
  const parts = TABLES.map((table) => `(SELECT count(*) FROM ${table}) AS ${table}`);
  return { ...database.get<Record<string, number>>(`SELECT ${parts.join(", ")}`)! };
}

export function bytesOf(database: Database): number {
  return database.get<{ bytes: number }>(
    "SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size",
  )!.bytes;
}

/** Everything that is wrong with the store, in words; empty: nothing. Reads all of it. */
export function fullCheck(database: Database): string[] {
  try {
    return foundIn(database);
  } catch (error) {
    // Some damage is such that nothing can be asked.
    if (error instanceof DamagedStore) return [error.problem];
    throw error;
  }
}

function foundIn(database: Database): string[] {
  const damaged = problemsOf(database, `PRAGMA integrity_check(${PROBLEMS_MAX})`);
  // What is read from pages that are damaged means nothing.
  if (damaged.length > 0) return damaged;
  const lost = database.all<{ table: string; parent: string; count: number }>(
    'SELECT "table", parent, count(*) AS count FROM pragma_foreign_key_check GROUP BY "table", parent',
  ).map(({ table, parent, count }) => `${count} of ${table} belong to ${parent} that are not there`);
  return [...lost, ...gaps(database)];
}

function gaps(database: Database): string[] {
  const events = database.all<{ sessionId: string }>(
    `SELECT sessionId FROM events JOIN sessions ON sessions.id = sessionId GROUP BY sessionId
      HAVING count(*) <> max(events.id) - min(events.id) + 1 OR max(events.id) <> lastEvent`,
  );
  const messages = database.all<{ sessionId: string }>(
    "SELECT sessionId FROM messages GROUP BY sessionId HAVING count(*) <> max(position) + 1",
  );
  return [
    ...events.map(({ sessionId: id }) => `session ${id} lacks events`),
    ...messages.map(({ sessionId: id }) => `session ${id} lacks messages`),
  ].slice(0, PROBLEMS_MAX);
}

function problemsOf(database: Database, check: string): string[] {
  return database.all<Record<string, string>>(check).map((row) => Object.values(row)[0]!)
    .filter((text) => text !== "ok");
}
