/**
 * One SQLite file, and the only door to `node:sqlite`.
 *
 * A transaction that has returned is on disk (WAL, `synchronous = FULL`), also after a power cut. A statement that
 * fails ends the transaction that it is in: SQLite may have rolled it back by then, and what came after it would be
 * half of it.
 *
 * @module
 */
import { backup, DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { storeError } from "./store_error.ts";
import { transactions } from "./transactions.ts";

/** Every failure of the file (full, damaged, held by another process) is a `UserError`; any other is ours. */
export interface Database extends Disposable {
  /** One statement; answers how many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** The first row. `Row` is what `sql` selects; the caller vouches for it. */
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  /** Several statements, without values. */
  script(sql: string): void;
  /** All of `work`, which may not wait, or nothing; takes the write lock at once. Within another one it is a part of that. */
  transaction<T>(work: () => T): T;
  /** Calls `work` when the present transaction is on disk: outside of one at once, after a failed one never. */
  afterCommit(work: () => void): void;
  /**
   * Empties the log of writes, and with it what was deleted; not while somebody reads from it: it is emptied later
   * then, at the latest when the last one closes the file.
   */
  emptyLog(): void;
  /** Copies all that is committed now into `path`, while others go on writing. */
  copyTo(path: string): Promise<void>;
}

export interface DatabaseOptions {
  /** Nothing of it may be changed. */
  readonly readOnly?: boolean;
}

/** How long a lock is waited for, in milliseconds. Source: DESIGN §5. */
const BUSY_MS = 5_000;
/** All pages in one step: a copy that stops in between begins anew whenever another process has written. */
const ALL_PAGES = 0x7fff_ffff;

/** Opens the SQLite file at `path`, which has to be there. Throws a `UserError` when it is none, or is damaged. */
export function openDatabase(path: string, { readOnly = false }: DatabaseOptions = {}): Database {
  const connection = connect(path);
  const statements = new Map<string, StatementSync>();
  const { attempt, transaction, afterCommit } = transactions(connection, path);
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const database: Database = {
    run: (sql, ...values) => attempt(() => Number(prepared(sql).run(...values.map(whole)).changes)),
    get: <Row>(sql: string, ...values: SQLInputValue[]) =>
      attempt(() => prepared(sql).get(...values.map(whole)) as Row | undefined),
    all: <Row>(sql: string, ...values: SQLInputValue[]) =>
      attempt(() => prepared(sql).all(...values.map(whole)) as Row[]),
    script: (sql) => attempt(() => connection.exec(sql)),
    transaction,
    afterCommit,
    emptyLog() {
      try {
        database.script("PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)");
      } finally {
        database.script(`PRAGMA busy_timeout = ${BUSY_MS}`);
      }
    },
    async copyTo(target) {
      try {
        await backup(connection, target, { rate: ALL_PAGES });
      } catch (error) {
        throw storeError(error, target);
      }
    },
    [Symbol.dispose]() {
      statements.clear();
      if (connection.isOpen) connection.close();
    },
  };
  try {
    prepare(database, readOnly);
    return database;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A text is read back up to its first NUL: what stands behind that would be lost. */
function whole(value: SQLInputValue): SQLInputValue {
  return typeof value === "string" ? value.replaceAll("\0", "\ufffd") : value;
}

function prepare(database: Database, readOnly: boolean): void {
  database.script("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
  if (readOnly) database.script("PRAGMA query_only = ON");
  else database.script("PRAGMA journal_mode = WAL");
}

function connect(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: BUSY_MS });
  } catch (error) {
    throw storeError(error, path);
  }
}
