import type * as z from "zod";
import type { approval } from "./api_schemas_calls.ts";
import type { CallRecord } from "./records.ts";

type ApprovalJson = z.infer<typeof approval>;

/** A call that waits or waited for approval, as the API shows it. */
export function approvalJson(call: CallRecord): ApprovalJson {
  return {
    id: call.id,
    session_id: call.sessionId,
    run_id: call.runId,
    turn: call.turn,
    tool_call_id: call.callId,
    tool: call.tool,
    arguments: call.input,
    hash: call.hash,
    state: call.state === "proposed" ? "pending" : call.state,
    rule: call.rule,
    profile: call.profile,
    place: call.place,
    requested_at: call.requestedAt,
    expires_at: call.expiresAt ?? null,
    decided_by: call.decidedBy ?? null,
    decided_at: call.decidedAt ?? null,
    reason: call.reason ?? null,
  };
}
