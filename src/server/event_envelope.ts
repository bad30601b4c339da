// deno-lint-ignore-file camelcase -- the fields are those of the wire
import type { RunEventFields, RunEventName } from "../domain/run_event.ts";
import type { StoredEvent } from "./records.ts";

/** An event as whoever follows a session gets it: `data` of the stream, a line of `run --output stream-json`. */
export interface EventEnvelope {
  readonly id: number;
  readonly session_id: string;
  readonly run_id: string | null;
  readonly timestamp: string;
  /** One key, the event's name in PascalCase (`TextDelta`), with `run_id` and the fields of {@linkcode RunEventFields}. */
  readonly event: Readonly<Record<string, { readonly run_id: string | null } & RunEventFields[RunEventName]>>;
}

/** Source: server spec §1.6. */
export function eventEnvelope({ id, sessionId, runId, timestamp, event }: StoredEvent): EventEnvelope {
  const run_id = runId ?? null;
  return {
    id,
    session_id: sessionId,
    run_id,
    timestamp,
    event: { [variantOf(event.name)]: { run_id, ...event.fields } },
  };
}

/** `text_delta` → `TextDelta` */
export function variantOf(name: RunEventName): string {
  return name.replace(/(?:^|_)(.)/g, (_, first: string) => first.toUpperCase());
}
