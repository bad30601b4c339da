import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { Redactor } from "../secrets/redactor.ts";
import { conductRun } from "./conduct_run.ts";
import { type LiveRun, liveRun } from "./live_run.ts";
import { parkedRuns } from "./parked_runs.ts";
import type { RunRecord } from "./records.ts";
import { runFailed, RunOver } from "./run_over.ts";
import type { RunParts } from "./run_parts.ts";
import type { RunSetup } from "./run_setup.ts";
import { type RunSlots, runSlots } from "./run_slots.ts";
import type { SessionRedactors } from "./session_redactors.ts";
import { settleRun } from "./settle_run.ts";
import type { Store } from "./store.ts";
import { tokenShares } from "./token_shares.ts";
import { workerPool } from "./worker_pool.ts";

/** The runs of this process. Disposing ends them; those that wait for people stay so. */
export interface LiveRuns extends AsyncDisposable {
  readonly slots: RunSlots;
  /** A run that was just recorded. */
  begin(run: RunRecord, redactor: Redactor, setup: RunSetup): void;
  /** One that waits for people, and is this process's: it goes on when it can. */
  park(run: RunRecord): void;
  /** Whether a run is under way here, or was, and not all of it is given back. */
  has(runId: string): boolean;
  /** Ends a run that is under way here. Resolves once that is recorded, or has taken too long. */
  end(runId: string, why: unknown): Promise<void>;
}

interface Under {
  readonly live: LiveRun;
  readonly settled: Promise<void>;
  readonly done: Promise<void>;
}

/** How long a run that was told to end may take to do so by itself, in milliseconds. Cancelling has 2 s in all. */
const SETTLE_MS = 1_500;
/** How long runs that are under way have when the service ends. */
const GRACE_MS = 5_000;
const STOPPED = runFailed("interrupted", "The supervisor was stopped in the middle of the run", true);
const LEFT = new RunOver(undefined);

export function liveRuns(parts: RunParts, redactors: SessionRedactors): LiveRuns {
  const { store, log } = parts;
  const slots = runSlots(RUN_LIMITS.parallelRuns, RUN_LIMITS.queuedRuns);
  const pool = workerPool(parts.host.startWorker);
  const shares = tokenShares(parts);
  const under = new Map<string, Under>();
  let closing = false;

  const conduct = (run: RunRecord, redactor: Redactor, setup?: RunSetup) => {
    if (closing || under.has(run.id)) return;
    const settled = Promise.withResolvers<void>();
    const live = liveRun(parts, run, redactor);
    const conducting = { live, slots, pool, shares, settled: settled.resolve, ...(setup && { setup }) };
    const done = conductRun(conducting).then(() => {
      under.delete(run.id);
      if (!closing) parked.add(run);
    });
    under.set(run.id, { live, settled: settled.promise, done });
  };
  const goOn = async (run: RunRecord) => {
    try {
      conduct(run, await redactors.of(run.sessionId));
    } catch (error) {
      log(`run ${run.id}: cannot go on: ${error instanceof Error ? error.message : error}`);
      const why = "The secrets of the configuration cannot be read: the log of the service says why";
      settleRun(store, run.id, { failed: "internal_error", error: why, retryable: true });
    }
  };
  /** Those that wait for people stay so, also where they were about to go on. */
  const leave = ({ live }: Under) => live.end(stateOf(store, live.id) === "waiting" ? LEFT : STOPPED);
  const cannotGoOn = (run: RunRecord) => (error: unknown) =>
    log(`run ${run.id}: its end could not be recorded: ${error instanceof Error ? error.message : error}`);
  const parked = parkedRuns({ store, log, goOn: (run) => void goOn(run).catch(cannotGoOn(run)) });
  const end = async (runId: string, why: unknown) => {
    const one = under.get(runId);
    one?.live.end(why);
    if (one) await within(SETTLE_MS, one.settled);
  };

  return {
    slots,
    begin: conduct,
    park: parked.add,
    has: (runId) => under.has(runId),
    end,
    async [Symbol.asyncDispose]() {
      closing = true;
      parked[Symbol.dispose]();
      for (const one of under.values()) {
        if (stateOf(store, one.live.id) !== "running") leave(one);
      }
      await within(GRACE_MS, Promise.all([...under.values()].map(({ done }) => done)));
      under.forEach(leave);
      await Promise.all([...under.values()].map(({ done }) => done));
      pool[Symbol.dispose]();
    },
  };
}

/** `running` where the store cannot be read. */
function stateOf(store: Store, runId: string): RunRecord["state"] {
  try {
    return store.runs.get(runId)?.state ?? "running";
  } catch {
    return "running";
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, ms);
  await Promise.race([work, late.promise]);
  clearTimeout(timer);
}
