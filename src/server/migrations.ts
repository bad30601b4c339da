/**
 * The schema, as the steps that lead to it. `user_version` counts those that were done. A step that was released
 * never changes; the next one is added behind it, with a test that begins with a file of the version before.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import type { Database } from "./database.ts";

/** "STPK": marks the file as ours. */
const APPLICATION_ID = 0x5354_504b;

const FIRST = `
PRAGMA application_id = ${APPLICATION_ID};
CREATE TABLE sessions (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, cwd TEXT, origin TEXT NOT NULL, visibility TEXT NOT NULL,
  tools TEXT, model TEXT, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL,
  lastEvent INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
  sessionId TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE, position INTEGER NOT NULL,
  runId TEXT NOT NULL, message TEXT NOT NULL,
  PRIMARY KEY (sessionId, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE runs (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  sessionId TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'waiting', 'completed', 'cancelled', 'failed')),
  owner TEXT NOT NULL, request TEXT NOT NULL, turns INTEGER NOT NULL, usage TEXT NOT NULL, ending TEXT,
  startedAt TEXT NOT NULL, endedAt TEXT,
  CHECK ((ending IS NULL) = (endedAt IS NULL)),
  CHECK ((ending IS NULL) = (state IN ('queued', 'running', 'waiting')))
) STRICT;
CREATE INDEX runs_of_session ON runs (sessionId, number);
CREATE UNIQUE INDEX one_unfinished_run ON runs (sessionId) WHERE ending IS NULL;
CREATE TABLE inputs (
  number INTEGER PRIMARY KEY, runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  kind TEXT NOT NULL, text TEXT NOT NULL
) STRICT;
CREATE INDEX inputs_of_run ON inputs (runId, kind, number);
CREATE TABLE calls (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sessionId TEXT NOT NULL,
  runId TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE, turn INTEGER NOT NULL, position INTEGER NOT NULL,
  callId TEXT NOT NULL, tool TEXT NOT NULL, input TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL,
  verdict TEXT NOT NULL, rule TEXT NOT NULL, profile TEXT NOT NULL, place TEXT NOT NULL,
  requestedAt TEXT NOT NULL, expiresAt TEXT, decidedBy TEXT, decidedAt TEXT, reason TEXT,
  result TEXT, isError TEXT,
  UNIQUE (runId, turn, position)
) STRICT;
CREATE INDEX pending_calls ON calls (sessionId, number) WHERE state = 'pending';
CREATE INDEX asked_calls ON calls (number) WHERE expiresAt IS NOT NULL;
CREATE TABLE events (
  sessionId TEXT NOT NULL REFERENCES sessions(id) ON DELETE CASCADE, id INTEGER NOT NULL,
  runId TEXT, timestamp TEXT NOT NULL, event TEXT NOT NULL,
  PRIMARY KEY (sessionId, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE keys (
  key TEXT PRIMARY KEY, bodyHash TEXT NOT NULL, owner TEXT NOT NULL, reservedAt TEXT NOT NULL,
  status INTEGER, body TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX keys_by_age ON keys (reservedAt);
CREATE TABLE audit (
  id INTEGER PRIMARY KEY, at TEXT NOT NULL, sessionId TEXT, runId TEXT, kind TEXT NOT NULL,
  subject TEXT NOT NULL, outcome TEXT NOT NULL, actor TEXT NOT NULL, details TEXT NOT NULL
) STRICT;
CREATE INDEX audit_of_session ON audit (sessionId, id);
CREATE TABLE days (
  day TEXT PRIMARY KEY, inputTokens INTEGER NOT NULL, cacheReadTokens INTEGER NOT NULL,
  cacheWriteTokens INTEGER NOT NULL, outputTokens INTEGER NOT NULL, reasoningTokens INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER messages_are_kept BEFORE UPDATE ON messages
  BEGIN SELECT RAISE(ABORT, 'messages are never changed'); END;
CREATE TRIGGER events_are_kept BEFORE UPDATE ON events
  BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit records are never changed'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit records are never deleted'); END;
`;

/** In their order; the first makes version 1. */
export const MIGRATIONS: readonly string[] = [FIRST];

/**
 * Brings the file to the newest version, all steps or none. Throws a `UserError`, and changes nothing, where it was
 * written by a newer program, or is a database of another one.
 */
export function migrate(database: Database, path: string, steps: readonly string[] = MIGRATIONS): void {
  if (versionOf(database, path, steps.length) === steps.length) return;
  database.transaction(() => {
    // Anew: another process may have been first.
    for (const step of steps.slice(versionOf(database, path, steps.length))) database.script(step);
    database.script(`PRAGMA user_version = ${steps.length}`);
  });
}

/** Throws a `UserError` where the file is not of our version: who only looks does not bring it there. */
export function requireNewest(database: Database, path: string): void {
  const version = versionOf(database, path);
  if (version === MIGRATIONS.length) return;
  throw new UserError(
    `Cannot look at the store ${path}: it has version ${version}, this program reads ${MIGRATIONS.length}`,
    { hint: "a start brings it there: stakpak serve" },
  );
}

/** The version of the file, at most `newest`; 0 for an empty one. Throws a `UserError` as `migrate`. */
export function versionOf(database: Database, path: string, newest = MIGRATIONS.length): number {
  const { version } = database.get<{ version: number }>(
    "SELECT user_version AS version FROM pragma_user_version",
  )!;
  const { program } = database.get<{ program: number }>(
    "SELECT application_id AS program FROM pragma_application_id",
  )!;
  const isEmpty = database.get("SELECT 1 FROM sqlite_schema LIMIT 1") === undefined;
  if (!isEmpty && program !== APPLICATION_ID) {
    throw new UserError(`Cannot use the store ${path}: it is a database of another program`, {
      hint: "move it away: a new store is made at the next start",
    });
  }
  if (version <= newest) return version;
  throw new UserError(
    `Cannot use the store ${path}: it has version ${version}, this program knows up to ${newest}`,
    { hint: "use the newer stakpak that wrote it, or a backup of before: docs/state.md" },
  );
}
