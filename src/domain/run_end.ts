/**
 * How runs end. Each ends exactly once.
 *
 * @module
 */

/** Why a run stopped: of `run_completed`. */
export type StopReason = "completed" | "cancelled" | "max_turns";

/** Why a run failed: of `run_error`. Each is named in `docs/runs.md`. */
export type FailReason =
  /** The provider answered with an error that trying again does not help, or did too often. */
  | "model_error"
  /** The provider refused to answer (content filter, refusal). */
  | "model_refused"
  /** The conversation is longer than the model takes, also after trimming. */
  | "context_overflow"
  /** A token budget would be exceeded by the next call. */
  | "budget_exceeded"
  /** The same call failed three times. */
  | "repeated_failure"
  /** The run, or a turn, took longer than it may. */
  | "timed_out"
  /** There is no sandbox to be had. */
  | "sandbox_unavailable"
  /** The worker threw, hung, flooded, or asked for what it may not. */
  | "worker_failed"
  /** The supervisor ended, or was killed, in the middle of the run. */
  | "interrupted"
  /** Profile, model or policy do not resolve any more (a parked run is resumed anew). */
  | "invalid_profile"
  /** A bug of ours. */
  | "internal_error";

export type RunEnd =
  | { readonly stopped: StopReason }
  | { readonly failed: FailReason; readonly error: string; readonly retryable: boolean };
