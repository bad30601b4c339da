import type { Json } from "../domain/json.ts";
import type { Usage } from "../domain/usage.ts";
import type { CallRecord, RunRecord } from "../server/records.ts";

/** What came of a run, as `run --output json` prints it. Fields and values are the same from release to release. */
export interface RunDocument {
  readonly schema: 1;
  readonly sessionId: string;
  readonly runId: string;
  /** `paused`: it waits for the approvals below; `max_turns`: it took as many as it may, and was not done. */
  readonly status: "completed" | "paused" | "max_turns" | "cancelled" | "failed";
  readonly profile: string;
  /** `provider/model`; absent where none was resolved. */
  readonly model?: string;
  /** What the model said last; empty where it said nothing. */
  readonly text: string;
  readonly turns: number;
  readonly usage: Usage;
  /** Of `failed`: one of the reasons of docs/runs.md, and what there is to know. */
  readonly error?: { readonly reason: string; readonly message: string; readonly retryable: boolean };
  /** Of `paused`. */
  readonly approvals?: readonly PendingCall[];
  /** Of `paused`: the command that approves all of them and goes on. */
  readonly resume?: string;
}

export interface PendingCall {
  readonly id: string;
  readonly tool: string;
  readonly input: Json;
  /** What decided that somebody is asked. */
  readonly rule: string;
  /** ISO 8601; after it the call is rejected. */
  readonly expiresAt?: string;
}

/** How a run is left: ended, or waiting for those calls. */
export interface RunLeft {
  readonly run: RunRecord;
  /** `provider/model` */
  readonly model: string | undefined;
  readonly calls: readonly CallRecord[];
  /** The command that approves them and goes on. */
  readonly resume: string;
}

export function statusOf({ end }: Pick<RunRecord, "end">): RunDocument["status"] {
  if (!end) return "paused";
  return "failed" in end ? "failed" : end.stopped;
}

/** `text`: what the model said last. */
export function runDocument({ run, model, calls, resume }: RunLeft, text: string): RunDocument {
  const { end, id, sessionId, request, turns, usage } = run;
  const status = statusOf(run);
  return {
    schema: 1,
    sessionId,
    runId: id,
    status,
    profile: request.profile,
    ...(model !== undefined && { model }),
    text,
    turns,
    usage,
    ...(end && "failed" in end && {
      error: { reason: end.failed, message: end.error, retryable: end.retryable },
    }),
    ...(status === "paused" && { approvals: calls.map(pendingCall), resume }),
  };
}

function pendingCall({ id, tool, input, rule, expiresAt }: CallRecord): PendingCall {
  return { id, tool, input, rule, ...(expiresAt !== undefined && { expiresAt }) };
}
