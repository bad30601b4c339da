import type { Json } from "../domain/json.ts";
import { ApiError } from "./api_error.ts";
import type { CallRecord } from "./records.ts";
import type { DecisionAction } from "./run_service.ts";
import type { Store } from "./store.ts";

/** Whose decisions count for calls that run on the host itself. */
const AT_A_TERMINAL = /^terminal:/;
const TAKEN: readonly CallRecord["state"][] = ["approved", "started", "done", "unknown"];

/**
 * Decides a call that waits, once for all processes, and records who did; `now` is ISO 8601. Answers whether it was
 * decided now: false where the same had been decided before. Throws `ApiError` 404 `unknown_approval`, 409
 * `already_resolved` (otherwise, or too late), 403 `terminal_only`.
 *
 * What the decision says is redacted by the caller. Whoever has the run is woken by `Store.watch`. A call's tool and input never change, so the decision is bound to its
 * hash.
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
    if (call.place === "host" && !AT_A_TERMINAL.test(by)) {
      throw new ApiError(403, "terminal_only", "the call would run on this machine: decide it at a terminal");
    }
    store.calls.move(id, ["pending"], { ...changeOf(decision), decidedBy: by, decidedAt: now });
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
      return { state: "rejected", ...reasonOf(decision) };
    case "custom_result":
      return { state: "done", result: decision.content, isError: false };
  }
}

function reasonOf(decision: DecisionAction): { readonly reason?: string } & Readonly<Record<string, Json>> {
  return decision.action === "reject" && decision.reason !== undefined ? { reason: decision.reason } : {};
}

/** Whether a call that waits no more was decided in that way: the reason does not matter. */
function isSame({ state, result, decidedAt }: CallRecord, decision: DecisionAction): boolean {
  if (decidedAt === undefined) return false;
  switch (decision.action) {
    case "accept":
      return TAKEN.includes(state);
    case "reject":
      return state === "rejected";
    case "custom_result":
      return state === "done" && result === decision.content;
  }
}
