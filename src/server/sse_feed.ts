/**
 * Those who follow one session. Each gets what is new at its own pace, so memory is bounded and nothing is left out;
 * who takes nothing for a minute is dropped, and resumes by id.
 *
 * @module
 */
import { ssePace } from "./sse_pace.ts";
import { type SseBatches, sseBatches } from "./sse_batches.ts";
import { KEEP_ALIVE } from "./sse_frame.ts";
import type { Store } from "./store.ts";

/** One connection that follows a session. */
export interface SseClient {
  /** False: it holds enough for now; `SseFollower.onDrain` says when it takes more. */
  write(bytes: Uint8Array): boolean;
  /** Ends it behind what was written. */
  end(): void;
  /** Ends it at once. */
  drop(): void;
}

/** Disposing ends it, and takes nothing more from the store; streams stay open. */
export interface SseFeed extends Disposable {
  /** Sends everything behind `after`, and from now on. */
  follow(client: SseClient, after: number): SseFollower;
  readonly followers: number;
  /** Ends every stream with that frame. */
  end(frame: string): void;
}

export interface SseFollower extends Disposable {
  onDrain(): void;
}

export interface FeedOptions {
  /** So many events were sent to one client. */
  sent(events: number): void;
  /** The session was deleted. */
  gone(): void;
  log(line: string): void;
  /** Absent: 15 s. Source: server spec §1.6. */
  readonly keepAliveMs?: number;
}

const KEEP_ALIVE_MS = 15_000;
/** Keep-alives that a client may fail to take before it is dropped: 60 s. */
const MISSED_MAX = 4;

interface Place {
  readonly client: SseClient;
  cursor: number;
  /** Keep-alives since it took no more; `undefined`: it takes what comes. */
  missed: number | undefined;
}

export function openFeed(store: Store, sessionId: string, options: FeedOptions): SseFeed {
  const places = new Set<Place>();
  const send = (place: Place) => sendTo(place, batches, options.sent);
  const safely = (work: () => void) => {
    try {
      work();
    } catch (error) {
      options.log(`Cannot tell of events: ${error instanceof Error ? error.message : String(error)}`);
      for (const { client } of [...places]) client.drop();
    }
  };
  const wakes = ssePace(() =>
    safely(() => {
      if (!batches.readNew() && !store.sessions.get(sessionId)) return options.gone();
      for (const place of places) send(place);
    })
  );
  // Before the first look: nothing falls in between.
  const watched = store.watch(sessionId, wakes.call);
  const batches = sseBatches(store, sessionId);
  const keepAlive = new TextEncoder().encode(KEEP_ALIVE);
  const beat = setInterval(() => {
    for (const place of [...places]) beatOf(place, keepAlive);
  }, options.keepAliveMs ?? KEEP_ALIVE_MS);

  return {
    follow(client, after) {
      const place: Place = { client, cursor: after, missed: undefined };
      places.add(place);
      safely(() => {
        batches.readNew();
        send(place);
      });
      return {
        onDrain() {
          place.missed = undefined;
          if (places.has(place)) safely(() => send(place));
        },
        [Symbol.dispose]: () => void places.delete(place),
      };
    },
    get followers() {
      return places.size;
    },
    end(frame) {
      const bytes = new TextEncoder().encode(frame);
      const ended = [...places];
      places.clear();
      for (const { client } of ended) {
        client.write(bytes);
        client.end();
      }
    },
    [Symbol.dispose]() {
      clearInterval(beat);
      wakes.stop();
      watched[Symbol.dispose]();
    },
  };
}

function sendTo(place: Place, batches: SseBatches, sent: (events: number) => void): void {
  while (place.missed === undefined) {
    const batch = batches.after(place.cursor);
    if (!batch) return;
    place.cursor = batch.last;
    sent(batch.events);
    if (!place.client.write(batch.bytes)) place.missed = 0;
  }
}

function beatOf(place: Place, keepAlive: Uint8Array): void {
  if (place.missed !== undefined) {
    if (++place.missed >= MISSED_MAX) place.client.drop();
  } else if (!place.client.write(keepAlive)) place.missed = 0;
}
