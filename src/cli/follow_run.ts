import { UserError } from "../domain/error.ts";
import { TERMINAL_EVENTS } from "../domain/run_event.ts";
import type { CallRecord, RunRecord, StoredEvent } from "../server/records.ts";
import type { Store } from "../server/store.ts";

const EVENTS_AT_ONCE = 200;

export interface Followed {
  readonly sessionId: string;
  readonly runId: string;
  /** The last event that is not to be told. */
  readonly cursor: number;
}

export interface RunListener {
  /** Told of each event of the run, in order. */
  heard(event: StoredEvent): void;
  /** Told whenever the run waits for people, and for which calls. `false`: nobody will decide here, stop following. */
  waits(calls: readonly CallRecord[]): Promise<boolean>;
}

/**
 * Tells of a run until it has ended, or `waits` answers `false`; resolves to the run as it is then. Rejects with the
 * signal's reason when that aborts, with a `UserError` when the session is deleted meanwhile.
 */
export async function followRun(
  store: Store,
  { sessionId, runId, cursor }: Followed,
  { heard, waits }: RunListener,
  signal: AbortSignal,
): Promise<RunRecord> {
  let woken = Promise.withResolvers<void>();
  const wake = () => woken.resolve();
  const abort = () => woken.reject(signal.reason);
  using stack = new DisposableStack();
  signal.addEventListener("abort", abort);
  stack.defer(() => signal.removeEventListener("abort", abort));
  stack.use(store.watch(sessionId, wake));
  let told = cursor;
  for (;;) {
    signal.throwIfAborted();
    // Made before the store is read: what is written in between wakes, too.
    woken = Promise.withResolvers();
    woken.promise.catch(() => {});
    const events = store.events.after(sessionId, told, EVENTS_AT_ONCE);
    for (const event of events) {
      told = event.id;
      if (event.runId !== runId) continue;
      heard(event);
      if (TERMINAL_EVENTS.has(event.event.name)) return existing(store, runId);
    }
    if (events.length === EVENTS_AT_ONCE) continue;
    const run = existing(store, runId);
    const calls = run.state === "waiting" ? pendingOf(store, run) : [];
    if (calls.length === 0) await woken.promise;
    else if (!await waits(calls)) return existing(store, runId);
  }
}

/** The calls of a run that wait for people, in their order. */
export function pendingOf(
  store: Store,
  { id, sessionId }: Pick<RunRecord, "id" | "sessionId">,
): CallRecord[] {
  return store.calls.pending(sessionId).filter(({ runId }) => runId === id);
}

function existing(store: Store, runId: string): RunRecord {
  const run = store.runs.get(runId);
  if (run) return run;
  throw new UserError("Cannot follow the run: its session was deleted", { hint: "stakpak sessions list" });
}
