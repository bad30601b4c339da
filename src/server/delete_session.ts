import { settleRun } from "./settle_run.ts";
import type { Store } from "./store.ts";

/**
 * Deletes a session for good, in one transaction with its audit record; a run of it that is still under way, in whatever
 * process, is cancelled. `by` is who asked. Answers false, and changes nothing, where there is none.
 */
export function deleteSession(store: Store, id: string, by: string): boolean {
  return store.transaction(() => {
    const run = store.runs.active(id);
    if (run) settleRun(store, run.id, { stopped: "cancelled" });
    if (!store.sessions.delete(id)) return false;
    store.audit.add({
      sessionId: id,
      runId: undefined,
      kind: "admin",
      subject: "session delete",
      outcome: "deleted",
      actor: by,
      details: {},
    });
    return true;
  });
}
