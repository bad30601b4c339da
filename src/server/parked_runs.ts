import { startable } from "./call_order.ts";
import { isFinished } from "./call_states.ts";
import { onlyLooks } from "./own_tools.ts";
import type { RunRecord } from "./records.ts";
import type { Store } from "./store.ts";

/** Runs of this process that wait for people: they hold nothing but a place in the store. Disposing forgets them. */
export interface ParkedRuns extends Disposable {
  /** From now on the run is watched; it may go on at once. One that does not wait is ignored. */
  add(run: Pick<RunRecord, "id" | "sessionId">): void;
}

export interface ParkedParts {
  readonly store: Store;
  /** Called, once for each time that a run was added, when there is something to do for it. */
  goOn(run: RunRecord): void;
  log(line: string): void;
}

export function parkedRuns({ store, goOn, log }: ParkedParts): ParkedRuns {
  const watches = new Map<string, Disposable>();
  const forget = (id: string) => {
    watches.get(id)?.[Symbol.dispose]();
    watches.delete(id);
  };
  const look = (id: string) => {
    try {
      goOnIfDecided(id);
    } catch (error) {
      // The store cannot be read now: the next change is another try.
      log(`run ${id}: cannot tell whether it is decided: ${error instanceof Error ? error.message : error}`);
    }
  };
  const goOnIfDecided = (id: string) => {
    const run = store.runs.get(id);
    if (!watches.has(id)) return;
    if (run?.state === "waiting" && !canGoOn(store, run)) return;
    forget(id);
    if (run?.state === "waiting") goOn(run);
  };
  return {
    add({ id, sessionId }) {
      forget(id);
      watches.set(id, store.watch(sessionId, () => look(id)));
      look(id);
    },
    [Symbol.dispose]() {
      for (const id of [...watches.keys()]) forget(id);
    },
  };
}

/** Whether all is decided, or something that can be done without the rest; or the user wants something else. */
function canGoOn(store: Store, { id, turns }: RunRecord): boolean {
  if (store.inputs.waiting(id, "steering") > 0) return true;
  const calls = store.calls.ofTurn(id, turns);
  return calls.every(isFinished) || startable(calls, onlyLooks).length > 0;
}
