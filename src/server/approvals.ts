/**
 * Decisions about calls that wait for people. Each is used once: the first that is recorded counts, whoever made it.
 *
 * @module
 */
import { ApiError } from "./api_error.ts";
import { callHash } from "./propose_calls.ts";
import { clipResult } from "./clip_result.ts";
import type { CallRecord } from "./records.ts";
import type { DecisionAction } from "./run_service.ts";
import type { Store } from "./store.ts";

export interface Decision {
  readonly call: CallRecord;
  readonly action: DecisionAction;
}

export interface Deciding {
  readonly store: Store;
  readonly now: Date;
  /** Who: `cli:ada`, `terminal:ada`, `api`. */
  readonly by: string;
  redact(text: string): string;
}

/**
 * Records all of them or none; those that were decided the same way before are fine. Rejects with `ApiError` 409
 * `already_resolved`, 403 `terminal_only` for a call on the host that is not decided at a terminal.
 */
export async function decideCalls(deciding: Deciding, decisions: readonly Decision[]): Promise<void> {
  for (const { call } of decisions) {
    // What was asked for is what was shown: the record that people saw.
    if (await callHash(call.tool, call.input) !== call.hash) throw resolved(call);
  }
  deciding.store.transaction(() => {
    for (const decision of decisions) decideCall(deciding, decision);
  });
}

function decideCall(deciding: Deciding, { call: { id }, action }: Decision): void {
  const { store, now, by } = deciding;
  const call = store.calls.get(id);
  if (!call) throw new ApiError(404, "unknown_approval", `There is no approval ${id}`);
  const decided = change(action, deciding);
  if (call.state !== "pending") {
    if (isSame(call, action, decided.result)) return;
    throw resolved(call);
  }
  if (call.expiresAt !== undefined && call.expiresAt <= now.toISOString()) throw resolved(call);
  if (call.place === "host" && action.action !== "reject" && !by.startsWith("terminal:")) {
    const message = "A call on the host can only be approved at a terminal of that host";
    throw new ApiError(403, "terminal_only", message, `stakpak approvals show ${id}`);
  }
  record(deciding, call, decided, OUTCOMES[action.action]);
}

/** Within a transaction: rejects what nobody decided in time. Answers whether it was waiting still. */
export function expireCall(store: Store, now: Date, call: CallRecord): boolean {
  const reason = "nobody decided in time";
  const result = rejection(reason);
  const deciding = { store, now, by: "expiry", redact: (text: string) => text };
  return record(deciding, call, { state: "rejected", reason, result, isError: true }, "rejected");
}

/** In the audit log. */
const OUTCOMES = { accept: "approved", reject: "rejected", "custom_result": "custom_result" } as const;
/** Tells a call whose result people gave from one that was carried out. */
const CUSTOM_RESULT = "custom result";

type Change = Pick<CallRecord, "state"> & Partial<Pick<CallRecord, "reason" | "result" | "isError">>;

function change(action: DecisionAction, { redact }: Deciding): Change {
  if (action.action === "accept") return { state: "approved" };
  if (action.action === "custom_result") {
    const result = clipResult(redact(action.content));
    return { state: "done", result, isError: false, reason: CUSTOM_RESULT };
  }
  const reason = action.reason?.trim() ? redact(action.reason.trim()) : undefined;
  return { state: "rejected", result: rejection(reason), isError: true, ...(reason !== undefined && { reason }) };
}

function rejection(reason: string | undefined): string {
  return clipResult(`TOOL_CALL_REJECTED\nTool call rejected by user${reason === undefined ? "" : `: ${reason}`}`);
}

function record(
  { store, now, by }: Deciding,
  { id, sessionId, runId, callId, tool, hash }: CallRecord,
  decided: Change,
  outcome: string,
): boolean {
  const at = now.toISOString();
  if (!store.calls.move(id, ["pending"], { ...decided, decidedBy: by, decidedAt: at })) return false;
  const { reason, result = "", isError = false } = decided;
  store.audit.add({
    sessionId,
    runId,
    kind: "decision",
    subject: tool,
    outcome,
    actor: by,
    details: { call: id, hash, ...(reason !== undefined && { reason }) },
  });
  const named = { "tool_call_id": callId, "tool_name": tool };
  if (decided.state === "rejected") {
    const told = reason ?? "Tool call rejected by user";
    store.events.append(sessionId, runId, { name: "tool_rejected", fields: { ...named, reason: told } });
  } else if (decided.state === "done") {
    const fields = { ...named, result, "is_error": isError };
    store.events.append(sessionId, runId, { name: "tool_execution_completed", fields });
  }
  return true;
}

/** Whether that call was decided in this way, by people. */
function isSame(call: CallRecord, { action }: DecisionAction, result: string | undefined): boolean {
  const { state, decidedBy } = call;
  if (decidedBy === undefined || decidedBy === "policy" || decidedBy === "expiry") return false;
  const isCustom = call.reason === CUSTOM_RESULT;
  if (action === "reject") return state === "rejected";
  if (action === "custom_result") return isCustom && call.result === result;
  return !isCustom && (state === "approved" || state === "started" || state === "unknown" || state === "done");
}

function resolved({ callId }: CallRecord): ApiError {
  return new ApiError(409, "already_resolved", `The call ${JSON.stringify(callId)} does not wait for a decision any more`);
}
