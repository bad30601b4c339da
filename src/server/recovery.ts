import type { RunRecord } from "./records.ts";
import type { RunParts } from "./run_parts.ts";
import { settleRun } from "./settle_run.ts";

const ERROR = "The supervisor ended in the middle of the run";

/**
 * Ends runs that a supervisor which is gone left in the middle, as `interrupted`; answers those of them that wait for
 * people: they stay. `has` says which of this process's are under way: of another one the end could not be written.
 */
export async function recoverRuns(
  parts: Pick<RunParts, "store" | "instance" | "lives">,
  has: (runId: string) => boolean,
): Promise<RunRecord[]> {
  const waiting: RunRecord[] = [];
  const living = new Map<string, boolean>();
  for (const run of parts.store.runs.unfinished()) {
    if (run.owner === parts.instance) {
      if (run.state !== "waiting" && !has(run.id)) interrupt(parts, run);
      continue;
    }
    if (!living.has(run.owner)) living.set(run.owner, await parts.lives(run.owner));
    if (living.get(run.owner)) continue;
    if (run.state === "waiting") waiting.push(run);
    else interrupt(parts, run);
  }
  return waiting;
}

/** Another process may have taken it over, or ended it, meanwhile. */
function interrupt({ store }: Pick<RunParts, "store">, { id, owner }: RunRecord): void {
  store.transaction(() => {
    const run = store.runs.get(id);
    if (!run || run.owner !== owner || run.state === "waiting") return;
    settleRun(store, id, { failed: "interrupted", error: ERROR, retryable: true });
  });
}

/** Makes a run that waits for people this process's. Answers false when it is not `owner`'s any more, or goes on. */
export function takeOver(
  { store, instance }: Pick<RunParts, "store" | "instance">,
  { id, owner }: Pick<RunRecord, "id" | "owner">,
): boolean {
  return store.transaction(() => {
    const run = store.runs.get(id);
    if (!run || run.end || run.owner !== owner || run.state !== "waiting") return false;
    if (run.owner !== instance) store.runs.update(id, { owner: instance });
    return true;
  });
}
