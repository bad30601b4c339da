import type { Message } from "../domain/message.ts";
import type { RunEvent } from "../domain/run_event.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { AuditRecord, RunRecord } from "./records.ts";
import type { RunParts } from "./run_parts.ts";
import { RunOver } from "./run_over.ts";

/** A run that this process has. Disposing stops listening to the store. */
export interface LiveRun extends Disposable {
  readonly id: string;
  readonly sessionId: string;
  readonly parts: RunParts;
  readonly redactor: Redactor;
  /** Aborts when the run is to end, or has ended elsewhere; the reason is a `RunOver`, or a failure of the store. */
  readonly signal: AbortSignal;
  end(why: unknown): void;
  /**
   * Writes as one transaction, and only while the run is this process's and has not ended: so nothing follows its last
   * event. Throws `RunOver` without an end otherwise.
   */
  write<T>(work: (run: RunRecord) => T): T;
  /** Within `write`. */
  emit(...events: readonly RunEvent[]): void;
  /** Within `write`: behind the conversation. */
  append(message: Message): void;
  /** Within `write`. */
  audit(record: Omit<AuditRecord, "id" | "at" | "sessionId" | "runId">): void;
  /** Resolves at the next change of the session, by whoever. */
  changed(): Promise<void>;
  now(): Date;
}

export function liveRun(
  parts: RunParts,
  { id, sessionId }: Pick<RunRecord, "id" | "sessionId">,
  redactor: Redactor,
): LiveRun {
  const { store, instance } = parts;
  const over = new AbortController();
  let change = Promise.withResolvers<void>();
  const ours = () => {
    const run = store.runs.get(id);
    if (!run || run.end || run.owner !== instance) throw new RunOver(undefined);
    return run;
  };
  const wake = () => {
    try {
      ours();
    } catch (error) {
      over.abort(error);
    }
    change.resolve();
    change = Promise.withResolvers();
  };
  const watching = store.watch(sessionId, wake);
  return {
    id,
    sessionId,
    parts,
    redactor,
    signal: over.signal,
    end: (why) => over.abort(why),
    write: (work) => store.transaction(() => work(ours())),
    emit(...events) {
      for (const event of events) store.events.append(sessionId, id, event);
    },
    append: (message) => store.messages.append(sessionId, id, message),
    audit: (record) => store.audit.add({ ...record, sessionId, runId: id }),
    changed: () => change.promise,
    now: () => parts.host.now(),
    [Symbol.dispose]: () => watching[Symbol.dispose](),
  };
}
