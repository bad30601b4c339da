// deno-lint-ignore-file camelcase -- the fields are those of the wire
/**
 * What happens in a session, as `GET /v1/sessions/{id}/events` tells it and as the store keeps it.
 *
 * Source: server spec §1.6. Fields that are new here are marked.
 *
 * @module
 */
import type { Json } from "./json.ts";
import type { FailReason, StopReason } from "./run_end.ts";

export interface ProposedCall {
  readonly id: string;
  /** In full: `stakpak__view`. */
  readonly name: string;
  readonly arguments: Json;
}

/** As the wire has it. */
export interface UsageJson {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly input_token_details: {
    readonly total: number;
    readonly no_cache: number;
    readonly cache_read: number;
    readonly cache_write: number;
  };
  readonly output_token_details: {
    readonly total: number;
    readonly text: number;
    readonly reasoning: number;
  };
}

/** The fields of each event beside `run_id`, by its name. */
export interface RunEventFields {
  run_started: {
    /** New: what the run goes by. */
    readonly profile: string;
    readonly model: string;
    /** New: where tools run. `none`: there are no tools, since the session has no sandbox. */
    readonly tools: "sandbox" | "host" | "none";
    /** New: what of a workspace went into the user's turn; it was written by whoever used the box before. */
    readonly workspace_files: readonly string[];
    /** New: in words, what the reader should know, such as that tools run on the host. */
    readonly notes: readonly string[];
  };
  turn_started: { readonly turn: number };
  turn_completed: {
    readonly turn: number;
    readonly finish_reason: "stop" | "tool_calls" | "max_output_tokens" | "cancelled" | "error";
  };
  run_completed: {
    readonly total_turns: number;
    readonly total_usage: UsageJson;
    readonly stop_reason: StopReason;
  };
  run_error: {
    readonly error: string;
    readonly retryable: boolean;
    /** New. */
    readonly reason: FailReason;
  };
  text_delta: { readonly delta: string };
  thinking_delta: { readonly delta: string };
  text_complete: { readonly text: string };
  tool_calls_proposed: { readonly tool_calls: readonly ProposedCall[] };
  /** Only those that wait. */
  waiting_for_tool_approval: { readonly pending_tool_call_ids: readonly string[] };
  tool_execution_started: { readonly tool_call_id: string; readonly tool_name: string };
  tool_execution_progress: { readonly tool_call_id: string; readonly message: string };
  tool_execution_completed: {
    readonly tool_call_id: string;
    readonly tool_name: string;
    readonly result: string;
    readonly is_error: boolean;
  };
  tool_rejected: { readonly tool_call_id: string; readonly tool_name: string; readonly reason: string };
  retry_attempt: { readonly attempt: number; readonly delay_ms: number; readonly reason: string };
  compaction_started: { readonly reason: string };
  compaction_completed: {
    readonly tokens_before: number;
    readonly tokens_after: number;
    readonly truncated: boolean;
  };
  usage_report: { readonly turn: number; readonly usage: UsageJson };
  /** New: a message of the user that reached the run while it was under way. */
  user_message: { readonly kind: "steering" | "follow_up"; readonly text: string };
}

export type RunEventName = keyof RunEventFields;

/** One event: its name, and its fields. */
export type RunEvent = {
  [Name in RunEventName]: { readonly name: Name; readonly fields: RunEventFields[Name] };
}[RunEventName];

/** After either of these nothing follows in a run. */
export const TERMINAL_EVENTS: ReadonlySet<RunEventName> = new Set(["run_completed", "run_error"]);
