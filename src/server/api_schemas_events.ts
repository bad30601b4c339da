import * as z from "zod";
import type { Json } from "../domain/json.ts";
import type { RunEventFields, RunEventName } from "../domain/run_event.ts";
import { dateTime, queryOf, uuid } from "./api_schemas.ts";
import { variantOf } from "./event_envelope.ts";

const count = z.int().min(0);
const anything = z.unknown() as z.ZodType<Json>;

const usage = z.object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  input_token_details: z.object({ total: count, no_cache: count, cache_read: count, cache_write: count }),
  output_token_details: z.object({ total: count, text: count, reasoning: count }),
}).meta({ id: "Usage" });

const call = z.object({ tool_call_id: z.string() });
const namedCall = call.extend({ tool_name: z.string() });

const failReason = z.enum([
  "model_error",
  "model_refused",
  "context_overflow",
  "budget_exceeded",
  "repeated_failure",
  "timed_out",
  "sandbox_unavailable",
  "worker_failed",
  "interrupted",
  "invalid_profile",
  "internal_error",
]);

/** The fields of each event beside `run_id`: those of `RunEventFields`. */
const EVENT_FIELDS: { readonly [Name in RunEventName]: z.ZodObject } = {
  run_started: z.object({
    profile: z.string(),
    model: z.string(),
    tools: z.enum(["sandbox", "host", "none"]),
    workspace_files: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  turn_started: z.object({ turn: count }),
  turn_completed: z.object({
    turn: count,
    finish_reason: z.enum(["stop", "tool_calls", "max_output_tokens", "cancelled", "error"]),
  }),
  run_completed: z.object({
    total_turns: count,
    total_usage: usage,
    stop_reason: z.enum(["completed", "cancelled", "max_turns"]),
  }),
  run_error: z.object({ error: z.string(), retryable: z.boolean(), reason: failReason }),
  text_delta: z.object({ delta: z.string() }),
  thinking_delta: z.object({ delta: z.string() }),
  text_complete: z.object({ text: z.string() }),
  tool_calls_proposed: z.object({
    tool_calls: z.array(z.object({ id: z.string(), name: z.string(), arguments: anything })),
  }),
  waiting_for_tool_approval: z.object({ pending_tool_call_ids: z.array(z.string()) }),
  tool_execution_started: namedCall,
  tool_execution_progress: call.extend({ message: z.string() }),
  tool_execution_completed: namedCall.extend({ result: z.string(), is_error: z.boolean() }),
  tool_rejected: namedCall.extend({ reason: z.string() }),
  retry_attempt: z.object({ attempt: count, delay_ms: count, reason: z.string() }),
  compaction_started: z.object({ reason: z.string() }),
  compaction_completed: z.object({ tokens_before: count, tokens_after: count, truncated: z.boolean() }),
  usage_report: z.object({ turn: count, usage }),
  user_message: z.object({ kind: z.enum(["steering", "follow_up"]), text: z.string() }),
} satisfies { readonly [Name in RunEventName]: z.ZodType<RunEventFields[Name]> };

const variants = Object.entries(EVENT_FIELDS).map(([name, fields]) => {
  const variant = variantOf(name as RunEventName);
  const withRun = z.object({ run_id: uuid.nullable(), ...fields.shape }).meta({ id: variant });
  return z.strictObject({ [variant]: withRun });
});

/** `data` of one event of the stream. */
export const eventEnvelopeSchema = z.object({
  id: count.meta({ description: "From 1 on in each session, without gaps, over restarts." }),
  session_id: uuid,
  run_id: uuid.nullable(),
  timestamp: dateTime,
  event: z.union(variants as [(typeof variants)[number], ...typeof variants]),
}).meta({ id: "EventEnvelope" });

/** `data` of the event `gap_detected`, which has no id. */
export const gapDetected = z.object({
  requested_after_id: count,
  oldest_available_id: count,
  newest_available_id: count,
  resume_hint: z.literal("refresh_snapshot_then_resume"),
}).meta({ id: "GapDetected" });

/** `data` of the event `shutdown`, the last one of a stream that the server ends. It has no id. */
export const shutdown = z.object({ reason: z.enum(["shutting_down", "session_deleted"]) })
  .meta({ id: "Shutdown", description: "New." });

const eventId = z.string().regex(/^\d{1,15}$/, "must be the id of an event").transform(Number).optional();

export const eventsQuery = queryOf({
  after: eventId.meta({ description: "As the header `Last-Event-ID`, which goes before it. New." }),
});

export const eventsHeaders = z.object({
  "last-event-id": eventId.meta({
    description: "Everything behind that id is told; 0 means all. Absent: what happens from now on.",
  }),
});
