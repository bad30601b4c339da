import { UserError } from "../domain/error.ts";
import type { FailReason, RunEnd } from "../domain/run_end.ts";

/** Ends a run: thrown within it, or the reason of its signal. */
export class RunOver extends Error {
  override readonly name = "RunOver";
  /** How it ends; `undefined`: it has ended, or is another process's, and nothing is to be recorded. */
  readonly end: RunEnd | undefined;

  constructor(end: RunEnd | undefined) {
    super(!end ? "the run is not ours any more" : "failed" in end ? end.error : end.stopped);
    this.end = end;
  }
}

export function runFailed(failed: FailReason, error: string, retryable = false): RunOver {
  return new RunOver({ failed, error, retryable });
}

/** There is no sandbox to be had: why, and what helps. */
export function sandboxUnavailable(error: Error, redact: (text: string) => string): RunOver {
  const hint = error instanceof UserError && error.hint !== undefined ? ` (${error.hint})` : "";
  return runFailed("sandbox_unavailable", redact(`${error.message}${hint}`), true);
}

/** The worker did what no worker of ours does. */
export function workerFailed(what: string): RunOver {
  return runFailed("worker_failed", `The run's worker was ended: ${what}`);
}
