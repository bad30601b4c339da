import type { Json } from "../domain/json.ts";
import { ApiError } from "./api_error.ts";
import { rejectedResult } from "./call_states.ts";
import { clipResult } from "./clip_result.ts";
import type { CallRecord } from "./records.ts";
import type { DecisionAction } from "./run_service.ts";
import type { Store } from "./store.ts";

/** Who approves calls that run on the host itself. */
const AT_A_TERMINAL = /^terminal:/;
/** Those that decide without people. */
const NOBODY: readonly (string | undefined)[] = ["policy", "expiry"];
/** As the reason of a call whose result people gave: it was not carried out. */
const CUSTOM_RESULT = "custom result";
const TAKEN: readonly CallRecord["state"][] = ["approved", "started", "done", "unknown"];

/**
 * Decides a call that waits, once for all processes, records who did, and tells of what that settles; `now` is ISO
 * 8601. Answers whether it was decided now: false where the same had been decided before. Throws `ApiError` 404
 * `unknown_approval`, 409 `already_resolved` (otherwise, or too late), 403 `terminal_only`.
 *
 * What the decision says is redacted by the caller. Whoever has the run is woken by `Store.watch`. A call's tool and
 * input never change, so the decision is bound to its hash.
 */
export function decideCall(
  store: Store,
  id: string,
  decision: DecisionAction,
  by: string,
  now: string,
): boolean {
  return store.transaction(() => {
    const call = store.calls.get(id);
    if (call?.expiresAt === undefined) {
      throw new ApiError(404, "unknown_approval", `there is no approval ${id}`);
    }
    if (call.state !== "pending") {
      if (isSame(call, decision)) return false;
      throw new ApiError(409, "already_resolved", `the call was ${call.state} before`);
    }
    if (call.expiresAt <= now) throw new ApiError(409, "already_resolved", "the approval has expired");
    if (call.place === "host" && decision.action === "accept" && !AT_A_TERMINAL.test(by)) {
      throw new ApiError(
        403,
        "terminal_only",
        "the call would run on this machine: approve it at a terminal",
      );
    }
    const change = changeOf(decision);
    store.calls.move(id, ["pending"], { ...change, decidedBy: by, decidedAt: now });
    tellDecided(store, call, change);
    store.audit.add({
      sessionId: call.sessionId,
      runId: call.runId,
      kind: "decision",
      subject: call.tool,
      outcome: OUTCOMES[decision.action],
      actor: by,
      details: { call: id, hash: call.hash, ...reasonOf(decision) },
    });
    return true;
  });
}

const OUTCOMES: Readonly<Record<DecisionAction["action"], string>> = {
  accept: "approved",
  reject: "rejected",
  "custom_result": "answered",
};

function changeOf(decision: DecisionAction): Partial<CallRecord> & Pick<CallRecord, "state"> {
  switch (decision.action) {
    case "accept":
      return { state: "approved" };
    case "reject":
      return {
        state: "rejected",
        ...reasonOf(decision),
        result: rejectedResult(decision.reason),
        isError: true,
      };
    case "custom_result":
      return {
        state: "done",
        result: clipResult(decision.content),
        isError: false,
        reason: CUSTOM_RESULT,
      };
  }
}

/** Of a call that is approved more is told when it runs. */
function tellDecided(
  store: Store,
  call: CallRecord,
  { state, result = "", reason }: Partial<CallRecord>,
): void {
  const named = { "tool_call_id": call.callId, "tool_name": call.tool };
  if (state === "rejected") {
    const fields = { ...named, reason: reason ?? "rejected by user" };
    store.events.append(call.sessionId, call.runId, { name: "tool_rejected", fields });
  } else if (state === "done") {
    const fields = { ...named, result, "is_error": false };
    store.events.append(call.sessionId, call.runId, { name: "tool_execution_completed", fields });
  }
}

function reasonOf(decision: DecisionAction): { readonly reason?: string } & Readonly<Record<string, Json>> {
  return decision.action === "reject" && decision.reason !== undefined ? { reason: decision.reason } : {};
}

/** Whether a call that waits no more was decided in that way: the reason does not matter. */
function isSame(
  { state, result, reason, decidedAt, decidedBy }: CallRecord,
  decision: DecisionAction,
): boolean {
  if (decidedAt === undefined || NOBODY.includes(decidedBy)) return false;
  switch (decision.action) {
    case "accept":
      return TAKEN.includes(state) && reason !== CUSTOM_RESULT;
    case "reject":
      return state === "rejected";
    case "custom_result":
      return reason === CUSTOM_RESULT && result === clipResult(decision.content);
  }
}
