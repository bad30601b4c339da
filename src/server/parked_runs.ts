import type { RunRecord } from "./records.ts";
import type { Store } from "./store.ts";

/** Runs of this process that wait for people, and hold nothing but a place in the store. */
export interface ParkedRuns extends Disposable {
  /** From now on the run is watched; it may go on at once. */
  add(run: Pick<RunRecord, "id" | "sessionId">): void;
  has(runId: string): boolean;
}

/** `goOn` is called once for each run that was added, when something was decided; never for one that has ended. */
export function parkedRuns(store: Store, goOn: (run: RunRecord) => void): ParkedRuns {
  const parked = new Map<string, { readonly watch: Disposable; readonly states: string | undefined }>();
  const remove = (id: string) => {
    parked.get(id)?.watch[Symbol.dispose]();
    parked.delete(id);
  };
  /** What the calls were when a run was parked here: it can only go on when that changes. */
  const left = new Map<string, string>();
  const look = (id: string) => {
    const run = store.runs.get(id);
    if (!parked.has(id)) return;
    if (!run || run.end) {
      left.delete(id);
      return remove(id);
    }
    const states = statesOf(store, run);
    if (store.inputs.waiting(id, "steering") === 0 && states === parked.get(id)!.states) return;
    remove(id);
    left.set(id, states);
    goOn(run);
  };
  return {
    add({ id, sessionId }) {
      remove(id);
      const run = store.runs.get(id);
      if (!run) return;
      parked.set(id, { watch: store.watch(sessionId, () => look(id)), states: "" });
      look(id);
    },
    has: (id) => parked.has(id),
    [Symbol.dispose]() {
      for (const id of parked.keys()) remove(id);
    },
  };
}
