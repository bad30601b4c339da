/**
 * What is kept of sessions, in one SQLite file (`open_store.ts`). Every method is one transaction on disk when it
 * returns, unless it is called within `transaction`. Several processes may have the file open.
 *
 * @module
 */
import type { Message } from "../domain/message.ts";
import type { RunEnd } from "../domain/run_end.ts";
import type { RunEvent } from "../domain/run_event.ts";
import type { Usage } from "../domain/usage.ts";
import type {
  AuditRecord,
  CallRecord,
  Origin,
  RunRecord,
  RunRequestRecord,
  SessionRecord,
  StoredEvent,
} from "./records.ts";

export interface Store extends Disposable {
  /** All of `work` or nothing of it; takes the write lock at once. Within another one it is a part of that. */
  transaction<T>(work: () => T): T;
  /**
   * Calls `wake` soon after something about that session was written, by this process (within the same tick) or
   * another one (within 250 ms); never within a transaction. Wakes may be joined, and one may come for nothing.
   * `wake` must not throw. Disposing ends it.
   */
  watch(sessionId: string, wake: () => void): Disposable;

  readonly sessions: SessionTable;
  readonly messages: MessageTable;
  readonly runs: RunTable;
  readonly inputs: InputTable;
  readonly calls: CallTable;
  readonly events: EventTable;
  readonly keys: KeyTable;
  readonly audit: AuditTable;
  readonly days: DayTable;
}

export interface Page {
  /** At most; at least 1. */
  readonly limit: number;
  readonly offset: number;
}

export interface SessionTable {
  create(session: { title: string; cwd?: string; origin: Origin }): SessionRecord;
  get(id: string): SessionRecord | undefined;
  /** The last used first. `total` counts all that match. */
  list(page: Page & { search?: string }): { sessions: SessionRecord[]; total: number };
  /** Sets what is named, and `updatedAt`. `undefined` when there is no such session. */
  update(
    id: string,
    change: Partial<Pick<SessionRecord, "title" | "visibility" | "tools" | "model">>,
  ): SessionRecord | undefined;
  /** Everything of it but its audit records. Answers whether there was one. */
  delete(id: string): boolean;
}

export interface MessageTable {
  append(sessionId: string, runId: string, message: Message): void;
  /** Oldest first, or newest first. */
  list(sessionId: string, page: Page & { newestFirst?: boolean }): { messages: Message[]; total: number };
  all(sessionId: string): Message[];
}

export interface RunTable {
  /**
   * Begins a run, `queued`. `undefined` when the session has one that has not ended: one at a time, over all
   * processes.
   */
  begin(
    run: { id: string; sessionId: string; owner: string; request: RunRequestRecord },
  ): RunRecord | undefined;
  get(id: string): RunRecord | undefined;
  /** The session's run that has not ended. */
  active(sessionId: string): RunRecord | undefined;
  /** The one begun last. */
  latest(sessionId: string): RunRecord | undefined;
  /** Of all sessions, oldest first. */
  unfinished(): RunRecord[];
  update(
    id: string,
    change: Partial<Pick<RunRecord, "state" | "owner" | "request" | "turns" | "usage">>,
  ): void;
  /** Ends it; answers false, and changes nothing, when it has ended before. */
  end(id: string, end: RunEnd): boolean;
}

/** Steering and follow-ups, from when they are accepted until the conversation has them. */
export interface InputTable {
  /** False when the run has ended: nothing is kept then. */
  add(runId: string, kind: "steering" | "follow_up", text: string): boolean;
  /** Those of that kind, in their order; they are gone afterwards. Called in the transaction that appends them. */
  take(runId: string, kind: "steering" | "follow_up"): string[];
  /** How many are there, of that kind or of both. */
  waiting(runId: string, kind?: "steering" | "follow_up"): number;
}

export interface CallTable {
  add(call: Omit<CallRecord, "decidedBy" | "decidedAt" | "reason" | "result" | "isError">): void;
  get(id: string): CallRecord | undefined;
  /** Of one turn, in their order. */
  ofTurn(runId: string, turn: number): CallRecord[];
  /** Those that are pending, of one session or of all, oldest first. */
  pending(sessionId?: string): CallRecord[];
  /** Every call that was ever pending, the newest first. */
  approvals(page: Page): { approvals: CallRecord[]; total: number };
  /**
   * Changes a call that is in one of the states `from`; answers false, and changes nothing, when it is in another.
   * So each decision is used once, whoever is first.
   */
  move(
    id: string,
    from: readonly CallRecord["state"][],
    change: Partial<
      Pick<
        CallRecord,
        | "state"
        | "verdict"
        | "rule"
        | "expiresAt"
        | "decidedBy"
        | "decidedAt"
        | "reason"
        | "result"
        | "isError"
      >
    >,
  ): boolean;
}

export interface EventTable {
  append(sessionId: string, runId: string | undefined, event: RunEvent): StoredEvent;
  /** Those behind `id`, in their order. */
  after(sessionId: string, id: number, limit: number): StoredEvent[];
  /**
   * Ids that are there; `newest` is the last that was ever given, so `oldest` is the one behind it when all were
   * removed. 0 and 0 when none was ever given.
   */
  bounds(sessionId: string): { oldest: number; newest: number };
  /**
   * Removes those of ended runs that are older than `before` (ISO 8601), the oldest first and at most 10,000 at a
   * time, since nobody else can write meanwhile; answers how many. Ids go on.
   */
  prune(before: string): number;
}

/** Idempotency keys. Source: server spec §1.5, O-24. */
export interface KeyTable {
  /**
   * Takes `key` for a request whose body has that hash, or says what is known of it. `running`: its first request has
   * no answer yet. Keys are kept for 24 h; one whose first request never got an answer is free again after a restart
   * of its owner.
   */
  reserve(
    key: string,
    bodyHash: string,
    owner: string,
  ):
    | { readonly taken: true }
    | { readonly taken: false; readonly why: "other_body" | "running" }
    | { readonly taken: false; readonly why: "answered"; readonly status: number; readonly body: string };
  complete(key: string, status: number, body: string): void;
  /** After a failure: the key may be used again. */
  release(key: string): void;
}

export interface AuditTable {
  add(record: Omit<AuditRecord, "id" | "at">): void;
  /** The newest first. */
  list(
    page: Page & { sessionId?: string; kind?: AuditRecord["kind"] },
  ): { records: AuditRecord[]; total: number };
}

/** Tokens by day, of all runs. */
export interface DayTable {
  /** `day` is a date in UTC: `2026-11-23`. */
  add(day: string, usage: Usage): void;
  tokens(day: string): number;
}
