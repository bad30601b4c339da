// deno-lint-ignore-file camelcase -- the fields are those of the wire
/**
 * Events as a stream has them: `text/event-stream`. Source: server spec §1.6.
 *
 * @module
 */
import { eventEnvelope } from "./event_envelope.ts";
import type { StoredEvent } from "./records.ts";

/** One event, to be resumed behind by its id. */
export function eventFrame(stored: StoredEvent): string {
  return `id: ${stored.id}\nevent: ${stored.event.name}\ndata: ${JSON.stringify(eventEnvelope(stored))}\n\n`;
}

/** What was asked for behind `after` is not there, or not all of it. It has no id: nothing is resumed behind it. */
export function gapFrame(after: number, { oldest, newest }: { oldest: number; newest: number }): string {
  const gap = {
    requested_after_id: after,
    oldest_available_id: oldest,
    newest_available_id: newest,
    resume_hint: "refresh_snapshot_then_resume",
  };
  return `event: gap_detected\ndata: ${JSON.stringify(gap)}\n\n`;
}

/** The last event of a stream that the server ends. */
export function endFrame(reason: "shutting_down" | "session_deleted"): string {
  return `event: shutdown\ndata: ${JSON.stringify({ reason })}\n\n`;
}

/** Says that the stream lives; a comment, no event. */
export const KEEP_ALIVE = ": keepalive\n\n";
