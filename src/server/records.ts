/**
 * What the store keeps. Times are ISO 8601 in UTC; ids of sessions and runs are UUIDs.
 *
 * @module
 */
import type { Json } from "../domain/json.ts";
import type { RunEvent } from "../domain/run_event.ts";
import type { RunEnd } from "../domain/run_end.ts";
import type { RunOverrides } from "../domain/run.ts";
import type { ToolVerdict } from "../domain/tool_policy.ts";
import type { Usage } from "../domain/usage.ts";
import type { ContextItem } from "./run_service.ts";

export type Origin = "api" | "cli" | "schedule" | "channel";
/** Where the tools of a session run; fixed at its first run. */
export type ToolPlace = "sandbox" | "host" | "none";

export interface SessionRecord {
  readonly id: string;
  readonly title: string;
  readonly cwd: string | undefined;
  readonly origin: Origin;
  readonly visibility: "PRIVATE" | "PUBLIC";
  readonly tools: ToolPlace | undefined;
  /** The model of its last run, as `provider/model`. */
  readonly model: string | undefined;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/**
 * `queued` for a worker → `running` ⇄ `waiting` for people (no worker is held) → an end. A run that is `waiting` when
 * its supervisor ends stays so; whoever decides resumes it.
 */
export type RunState = "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed";

export interface RunRecord {
  readonly id: string;
  readonly sessionId: string;
  readonly state: RunState;
  /** The supervisor that has it; a lock says whether that one lives (`instances.ts`). */
  readonly owner: string;
  /** As the caller gave them: a resumption resolves them anew. */
  readonly request: RunRequestRecord;
  readonly turns: number;
  readonly usage: Usage;
  readonly end: RunEnd | undefined;
  readonly startedAt: string;
  readonly endedAt: string | undefined;
}

/** What a run was asked, and the choices of whoever started it. */
export interface RunRequestRecord {
  /** Of the user, redacted. It is in the conversation, with the context, once the run is not `queued` any more. */
  readonly text: string;
  /** Redacted. */
  readonly context: readonly ContextItem[];
  readonly profile: string;
  readonly model: string | undefined;
  readonly overrides: RunOverrides;
  /** Whether calls that need approval wait for it. */
  readonly pauseOnApproval: boolean;
}

export interface StoredEvent {
  /** From 1 on in each session, without gaps, over restarts. */
  readonly id: number;
  readonly sessionId: string;
  readonly runId: string | undefined;
  readonly timestamp: string;
  readonly event: RunEvent;
}

/**
 * `proposed` → (`pending` →) `approved` → `started` → `done`, or `rejected`, `cancelled`, or `unknown`: started, and
 * nobody can say whether it was carried out.
 */
export type CallState =
  | "proposed"
  | "pending"
  | "approved"
  | "rejected"
  | "started"
  | "done"
  | "unknown"
  | "cancelled";

/** A tool call, and its approval. */
export interface CallRecord {
  /** Ours: `call_` and 12 hex digits, unique for ever. */
  readonly id: string;
  readonly sessionId: string;
  readonly runId: string;
  readonly turn: number;
  /** Position among the calls of its turn, from 0. */
  readonly position: number;
  /** The provider's: unique in its turn at best. */
  readonly callId: string;
  readonly tool: string;
  /** With placeholders, never filled. */
  readonly input: Json;
  /** SHA-256, hex, of tool and input in canonical JSON. Decisions are bound to it. */
  readonly hash: string;
  readonly state: CallState;
  readonly verdict: ToolVerdict;
  readonly rule: string;
  readonly profile: string;
  readonly place: ToolPlace;
  readonly requestedAt: string;
  /** Of what is or was pending. After it the call is rejected. */
  readonly expiresAt: string | undefined;
  readonly decidedBy: string | undefined;
  readonly decidedAt: string | undefined;
  /** What was said with a rejection. */
  readonly reason: string | undefined;
  readonly result: string | undefined;
  readonly isError: boolean | undefined;
}

export interface AuditRecord {
  readonly id: number;
  readonly at: string;
  readonly sessionId: string | undefined;
  readonly runId: string | undefined;
  readonly kind: "call" | "decision" | "result" | "egress" | "admin";
  /** `stakpak__run_command`, `github.com:443`, `token rotate`. */
  readonly subject: string;
  /** `approve`, `ask`, `deny`, `approved`, `rejected`, `allowed`, `denied`, `ok`, `error`… */
  readonly outcome: string;
  /** Who: `policy`, `cli:root`, `api`, `expiry`. */
  readonly actor: string;
  /** More, redacted: the rule, the arguments' hash, the result's SHA-256 and length. */
  readonly details: Json;
}
