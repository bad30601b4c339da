import type { Database } from "./database.ts";

/** How often it is asked whether another process has written, in milliseconds: only while something is watched. */
const POLL_MS = 250;

export interface Watchers extends Disposable {
  /** As `Store.watch`. A wake may also come when nothing was written. */
  watch(sessionId: string, wake: () => void): Disposable;
  /** That session was written by this process: its watchers are woken once the present transaction is on disk. */
  touched(sessionId: string): void;
}

export function watchers(database: Database): Watchers {
  const watched = new Map<string, Set<() => void>>();
  const due = new Set<string>();
  let polling: ReturnType<typeof setInterval> | undefined;
  let seen: number | undefined;

  const wakeDue = () => {
    const sessions = [...due];
    due.clear();
    for (const session of sessions) {
      const wakes = watched.get(session) ?? new Set();
      // One wake may end the watch of another.
      for (const wake of [...wakes]) if (wakes.has(wake)) wake();
    }
  };
  const wakeSoon = (session: string) => {
    if (!watched.has(session)) return;
    if (due.size === 0) queueMicrotask(wakeDue);
    due.add(session);
  };
  const poll = () => {
    const version = othersVersion(database);
    if (version === seen) return;
    seen = version;
    for (const session of watched.keys()) wakeSoon(session);
  };
  const stop = () => {
    clearInterval(polling);
    polling = undefined;
  };

  return {
    watch(sessionId, wake) {
      // One of its own, so that the same function may watch twice.
      const own = () => wake();
      const others = watched.get(sessionId) ?? new Set();
      watched.set(sessionId, others.add(own));
      if (polling === undefined) {
        seen = othersVersion(database);
        polling = setInterval(poll, POLL_MS);
      }
      return {
        [Symbol.dispose]() {
          others.delete(own);
          if (others.size === 0 && watched.get(sessionId) === others) watched.delete(sessionId);
          if (watched.size === 0) stop();
        },
      };
    },
    touched: (sessionId) => database.afterCommit(() => wakeSoon(sessionId)),
    [Symbol.dispose]() {
      watched.clear();
      stop();
    },
  };
}

/** Changes whenever another connection has committed something; nothing where the file cannot be asked. */
function othersVersion(database: Database): number | undefined {
  try {
    return database.get<{ version: number }>("SELECT data_version AS version FROM pragma_data_version")!
      .version;
  } catch {
    // Whoever is woken reads, and is told.
    return undefined;
  }
}
