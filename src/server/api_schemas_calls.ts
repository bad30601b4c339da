import * as z from "zod";
import { bodyOf, dateTime, pageQuery, queryOf, total, uuid } from "./api_schemas.ts";

const decisionFields = {
  action: z.enum(["accept", "reject", "custom_result"]),
  content: z.string().max(1_000_000).nullish().meta({
    description:
      "With `custom_result`: what the model is told instead. With `reject`: why; the model is told.",
  }),
};

const decision = bodyOf(decisionFields).meta({ id: "Decision" });

export type Decision = z.infer<typeof decision>;

export const decideCall = bodyOf({ run_id: uuid, ...decisionFields }).meta({ id: "DecideCall" });

export const decideCalls = bodyOf({
  run_id: uuid,
  decisions: z.record(z.string().min(1), decision).meta({ description: "By the id of the tool call." }),
}).meta({ id: "DecideCalls" });

export const decideApproval = bodyOf({
  ...decisionFields,
  hash: z.string().nullish().meta({
    description: "Of the approval as it was shown: the decision counts for nothing else.",
  }),
}).meta({ id: "DecideApproval" });

export const toolCallParams = z.strictObject({
  id: uuid.meta({ param: { name: "id", in: "path" }, description: "The session." }),
  tool_call_id: z.string().min(1).max(512).meta({
    param: { name: "tool_call_id", in: "path" },
    description: "As in `tool_calls_proposed`.",
  }),
});

export const approvalParams = z.strictObject({
  id: z.string().regex(/^call_[0-9a-f]{1,64}$/, "must be the id of an approval, such as call_0123456789ab")
    .meta({ param: { name: "id", in: "path" } }),
});

export const accepted = z.object({ accepted: z.literal(true), run_id: uuid }).meta({ id: "Accepted" });
export const modelAccepted = z.object({ accepted: z.literal(true), run_id: uuid, model: z.string() })
  .meta({ id: "ModelAccepted" });
export const cancelled = z.object({ cancelled: z.literal(true), run_id: uuid }).meta({ id: "Cancelled" });
export const decided = z.object({ accepted: z.literal(true), id: z.string() })
  .meta({ id: "Decided" });

export const cancelRun = bodyOf({ run_id: uuid }).meta({ id: "CancelRun" });
export const switchModel = bodyOf({ run_id: uuid, model: z.string().min(1).max(512) })
  .meta({ id: "SwitchModel" });

export const pendingCalls = z.object({
  run_id: uuid.nullable(),
  tool_calls: z.array(z.object({ id: z.string(), name: z.string(), arguments: z.unknown() })),
}).meta({ id: "PendingCalls" });

export const approval = z.object({
  id: z.string(),
  session_id: uuid,
  run_id: uuid,
  turn: z.int(),
  tool_call_id: z.string(),
  tool: z.string(),
  arguments: z.unknown().meta({ description: "With placeholders for what is secret." }),
  hash: z.string().meta({ description: "SHA-256 of tool and arguments, in hex." }),
  state: z.enum(["pending", "approved", "rejected", "started", "done", "unknown", "cancelled"]),
  rule: z.string().meta({ description: "Why it asks." }),
  profile: z.string(),
  place: z.enum(["sandbox", "host", "none"]),
  requested_at: dateTime,
  expires_at: dateTime.nullable(),
  decided_by: z.string().nullable(),
  decided_at: dateTime.nullable(),
  reason: z.string().nullable(),
}).meta({ id: "Approval" });

export const approvalPage = z.object({ approvals: z.array(approval), total }).meta({ id: "ApprovalPage" });

export const approvalsQuery = queryOf({
  ...pageQuery,
  status: z.enum(["pending", "all"]).default("pending").meta({
    description: "`pending`: those that wait, the oldest first. `all`: the newest first.",
  }),
  session_id: uuid.optional().meta({ description: "With `status=pending`: of this session alone." }),
});

export const auditRecord = z.object({
  id: z.int(),
  at: dateTime,
  session_id: uuid.nullable(),
  run_id: uuid.nullable(),
  kind: z.enum(["call", "decision", "result", "egress", "admin"]),
  subject: z.string(),
  outcome: z.string(),
  actor: z.string(),
  details: z.unknown(),
}).meta({ id: "AuditRecord" });

export const auditPage = z.object({ records: z.array(auditRecord), total }).meta({ id: "AuditPage" });

export const auditQuery = queryOf({
  ...pageQuery,
  session_id: uuid.optional(),
  kind: z.enum(["call", "decision", "result", "egress", "admin"]).optional(),
});
