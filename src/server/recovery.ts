import { interruptRun } from "./interrupt_run.ts";
import type { RunRecord } from "./records.ts";
import type { RunParts } from "./run_parts.ts";

const ERROR = "The supervisor ended in the middle of the run";

/**
 * Ends runs that a supervisor which is gone left in the middle, as `interrupted`; answers those of them that wait for
 * people, or do so from now: they stay. `has` says which of this process's are under way: of another one the end could not
 * be written.
 */
export async function recoverRuns(
  parts: Pick<RunParts, "store" | "instance" | "lives">,
  has: (runId: string) => boolean,
): Promise<RunRecord[]> {
  const waiting: RunRecord[] = [];
  const living = new Map<string, boolean>();
  for (const run of parts.store.runs.unfinished()) {
    if (run.owner === parts.instance) {
      if (run.state !== "waiting" && !has(run.id)) waiting.push(...interrupted(parts, run));
      continue;
    }
    if (!living.has(run.owner)) living.set(run.owner, await parts.lives(run.owner));
    if (living.get(run.owner)) continue;
    waiting.push(...run.state === "waiting" ? [run] : interrupted(parts, run));
  }
  return waiting;
}

/** The run, where it waits from now. Another process may have taken it over, or ended it: then it is no concern of ours. */
function interrupted({ store }: Pick<RunParts, "store">, { id, owner }: RunRecord): RunRecord[] {
  return store.transaction(() => {
    const run = store.runs.get(id);
    if (!run || run.owner !== owner || run.state === "waiting") return [];
    return interruptRun(store, id, ERROR) === "waiting" ? [{ ...run, state: "waiting" }] : [];
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
