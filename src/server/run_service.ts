/**
 * Runs of sessions, for the HTTP API and for commands.
 *
 * @module
 */
import type { RunOverrides } from "../domain/run.ts";
import type { SandboxState } from "../sandbox/source.ts";
import type { Origin } from "./records.ts";

/** Of the caller, not of a workspace. Limits: server spec §1.7. */
export interface ContextItem {
  readonly name: string;
  readonly content: string;
  readonly priority?: string;
}

export interface StartRun {
  readonly sessionId: string;
  readonly text: string;
  readonly context: readonly ContextItem[];
  /** Absent: the profile that the service was started under. */
  readonly profile?: string;
  /** Of the request, below the overrides. */
  readonly model?: string;
  readonly overrides: RunOverrides;
  /** False: this session has no tools. It counts at the session's first run. */
  readonly sandbox: boolean;
  readonly pauseOnApproval: boolean;
  readonly origin: Origin;
}

export type DecisionAction =
  | { readonly action: "accept" }
  | { readonly action: "reject"; readonly reason?: string }
  | { readonly action: "custom_result"; readonly content: string };

/** Every method rejects with `ApiError` for what the caller can mend. */
export interface RunService extends AsyncDisposable {
  /**
   * Resolves when the run is recorded; everything later is told by events. 404 `not_found`, 409
   * `session_already_running`, 400 `invalid_profile`, `invalid_model`, `invalid_overrides`, 429 `too_many_runs`,
   * 503 `shutting_down`.
   */
  start(request: StartRun): Promise<{ readonly runId: string; readonly cursor: number }>;
  /** 409 `session_not_running`, `run_mismatch`. Accepted means that the run will read it. */
  send(sessionId: string, runId: string, kind: "steering" | "follow_up", text: string): Promise<void>;
  /** Resolves when the run has ended, within 2 s. 409 as `send`. */
  cancel(sessionId: string, runId: string): Promise<void>;
  /**
   * Takes over the session's run that waits for people and whose supervisor has ended: from here on it is this process's,
   * and goes on as soon as its calls are decided, at once where they are. Answers for a run of this process as well. 400
   * as `start`, and the run waits on; 404, 409 `session_not_running`, `session_already_running` (another process that
   * lives has it).
   */
  resume(sessionId: string): Promise<{ readonly runId: string; readonly cursor: number }>;
  /** By the provider's call ids, of the calls pending now. 404 `unknown_tool_call`, 409 `already_resolved`, `run_mismatch`. All of them or none. */
  decide(
    sessionId: string,
    runId: string,
    decisions: Readonly<Record<string, DecisionAction>>,
    by: string,
  ): Promise<void>;
  /** By our own id of a call. 404 `unknown_approval`, 409 `already_resolved` (not when it was decided the same way). */
  decideApproval(id: string, decision: DecisionAction, by: string): Promise<void>;
  /** From its next turn on. 400 `invalid_model`, 409 as `send`. */
  switchModel(sessionId: string, runId: string, model: string): Promise<void>;
  /** Cancels, then really deletes; `by` is recorded. 404. */
  delete(sessionId: string, by: string): Promise<void>;
  /** For health and metrics. `undefined`: no sandbox was started. */
  sandbox(): SandboxState | undefined;
  counts(): { readonly running: number; readonly queued: number; readonly waiting: number };
}
