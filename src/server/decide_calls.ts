import type { Redactor } from "../secrets/redactor.ts";
import { ApiError } from "./api_error.ts";
import { decideCall } from "./decide_call.ts";
import type { RunRecord } from "./records.ts";
import type { DecisionAction } from "./run_service.ts";
import type { Store } from "./store.ts";

export interface Decisions {
  readonly store: Store;
  readonly redactor: Redactor;
  /** ISO 8601. */
  readonly now: string;
  readonly by: string;
}

/**
 * Decides calls of the run's present turn by the provider's ids, all of them or none. Throws `ApiError` 404
 * `unknown_tool_call`, 409 `already_resolved`, 403 `terminal_only`.
 */
export function decideCalls(
  { store, redactor, now, by }: Decisions,
  run: RunRecord,
  decisions: Readonly<Record<string, DecisionAction>>,
): void {
  store.transaction(() => {
    const calls = store.calls.ofTurn(run.id, store.runs.get(run.id)?.turns ?? run.turns);
    for (const [callId, decision] of Object.entries(decisions)) {
      const call = calls.find((one) => one.callId === callId);
      if (!call) {
        throw new ApiError(404, "unknown_tool_call", `unknown tool_call_id: ${JSON.stringify(callId)}`);
      }
      if (call.expiresAt === undefined) {
        throw new ApiError(409, "already_resolved", "the call was not asked about: policy has decided it");
      }
      decideCall(store, call.id, redactDecision(decision, redactor), by, now);
    }
  });
}

/** What is said with a decision is stored, and told to the model. */
export function redactDecision(decision: DecisionAction, redactor: Redactor): DecisionAction {
  switch (decision.action) {
    case "accept":
      return decision;
    case "reject": {
      const reason = decision.reason?.trim();
      return reason ? { action: "reject", reason: redactor.redact(reason) } : { action: "reject" };
    }
    case "custom_result":
      return { action: "custom_result", content: redactor.redact(decision.content) };
  }
}
