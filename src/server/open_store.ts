import type { Host } from "../host/host.ts";
import { directoryOf } from "../host/path_text.ts";
import { auditTable } from "./audit_table.ts";
import { callTable } from "./call_table.ts";
import { type Database, openDatabase } from "./database.ts";
import { dayTable } from "./day_table.ts";
import { eventTable } from "./event_table.ts";
import { inputTable } from "./input_table.ts";
import { lives } from "./instances.ts";
import { freeLeftKeys, keyTable } from "./key_table.ts";
import { messageTable } from "./message_table.ts";
import { migrate, requireNewest } from "./migrations.ts";
import { runTable } from "./run_table.ts";
import { sessionTable } from "./session_table.ts";
import type { Store } from "./store.ts";
import { quickCheck } from "./store_check.ts";
import { watchers } from "./watchers.ts";

type StoreHost = Pick<Host, "append" | "give" | "lock" | "now" | "status">;

/** How long another process may take to make the file, in milliseconds. */
const OPENING_MS = 10_000;

export interface StoreOptions {
  /** Absent: the host's clock. */
  now?(): Date;
}

/**
 * Opens the store at `path` (`StatePaths.database`), and makes it where there is none: the file 0600, its folder 0700.
 * Brings an older one to our version. Rejects with a `UserError` for one that is damaged, newer than this program, or
 * held by another process, and leaves it as it is.
 */
export async function openStore(host: StoreHost, path: string, options: StoreOptions = {}): Promise<Store> {
  const folder = directoryOf(path);
  // SQLite gives its other files the mode of this one.
  await host.append(path, "");
  await makePrivate(host, folder, 0o700);
  await makePrivate(host, path, 0o600);
  await using _alone = await host.lock(`${path}.lock`, AbortSignal.timeout(OPENING_MS));
  const database = openDatabase(path);
  try {
    migrate(database, path);
    quickCheck(database, path);
    await freeLeftKeys({ database }, (owner) => lives(host, `${folder}/instances`, owner));
    return storeOn(database, options.now ?? (() => host.now()));
  } catch (error) {
    database[Symbol.dispose]();
    throw error;
  }
}

/**
 * The store at `path` to look at: what writes to it throws, and neither file nor mode is changed. `undefined` where
 * there is none. Rejects as `openStore`, and for one that an older program left.
 */
export async function lookAtStore(
  host: Pick<Host, "now" | "status">,
  path: string,
): Promise<Store | undefined> {
  if (!(await host.status(path))?.size) return undefined;
  const database = openDatabase(path, { readOnly: true });
  try {
    requireNewest(database, path);
    return storeOn(database, () => host.now());
  } catch (error) {
    database[Symbol.dispose]();
    throw error;
  }
}

function storeOn(database: Database, clock: () => Date): Store {
  const watching = watchers(database);
  const parts = { database, now: () => clock().toISOString(), touched: watching.touched };
  return {
    transaction: (work) => database.transaction(work),
    watch: (sessionId, wake) => watching.watch(sessionId, wake),
    sessions: sessionTable(parts),
    messages: messageTable(parts),
    runs: runTable(parts),
    inputs: inputTable(parts),
    calls: callTable(parts),
    events: eventTable(parts),
    keys: keyTable(parts),
    audit: auditTable(parts),
    days: dayTable(parts),
    [Symbol.dispose]() {
      watching[Symbol.dispose]();
      database[Symbol.dispose]();
    },
  };
}

async function makePrivate(host: StoreHost, path: string, mode: number): Promise<void> {
  const status = await host.status(path);
  if (status?.mode !== undefined && status.mode !== mode) await host.give(path, mode);
}
