import { ApiError } from "./api_error.ts";
import { openFeed, type SseClient, type SseFeed, type SseFollower } from "./sse_feed.ts";
import { endFrame, gapFrame } from "./sse_frame.ts";
import type { Store } from "./store.ts";

/** All streams of events of this server. */
export interface SseStreams {
  /** How many there are. */
  readonly open: number;
  /** How many events were sent, to all of them together. */
  readonly sent: number;
  /** Throws `ApiError` 429 `too_many_streams`, 503 `shutting_down`: no stream is begun then. */
  admit(): void;
  /**
   * Tells `client` of every event behind `after`, or from now on where that is absent; what is not kept any more, or
   * was never there, is told as a gap, and then all that is left.
   */
  follow(sessionId: string, after: number | undefined, client: SseClient): SseFollower;
  /** Ends every stream with a final event. */
  close(): void;
}

export interface StreamsOptions {
  log(line: string): void;
  /** At once; absent: 1,200. */
  readonly most?: number;
  readonly keepAliveMs?: number;
}

/** Beside them there have to be connections for everything else: `listener.ts`. */
const STREAMS_MAX = 1_200;

export function sseStreams(store: Store, options: StreamsOptions): SseStreams {
  const { most = STREAMS_MAX } = options;
  const feeds = new Map<string, SseFeed>();
  let open = 0;
  let sent = 0;
  let closing = false;
  const feedOf = (sessionId: string): SseFeed => {
    const known = feeds.get(sessionId);
    if (known) return known;
    const feed = openFeed(store, sessionId, {
      ...options,
      sent: (events) => void (sent += events),
      gone: () => feed.end(endFrame("session_deleted")),
    });
    feeds.set(sessionId, feed);
    return feed;
  };
  return {
    get open() {
      return open;
    },
    get sent() {
      return sent;
    },
    admit() {
      if (closing) throw new ApiError(503, "shutting_down", "the server is ending");
      if (open < most) return;
      throw new ApiError(429, "too_many_streams", `${most} clients follow events, no more may`);
    },
    follow(sessionId, after, client) {
      const bounds = store.events.bounds(sessionId);
      const feed = feedOf(sessionId);
      open++;
      let cursor = after ?? bounds.newest;
      if (cursor > bounds.newest) {
        client.write(new TextEncoder().encode(gapFrame(cursor, bounds)));
        cursor = Math.max(0, bounds.oldest - 1);
      }
      const follower = feed.follow(client, cursor);
      let left = false;
      return {
        onDrain: () => follower.onDrain(),
        [Symbol.dispose]() {
          if (left) return;
          left = true;
          open--;
          follower[Symbol.dispose]();
          if (feed.followers > 0) return;
          feed[Symbol.dispose]();
          if (feeds.get(sessionId) === feed) feeds.delete(sessionId);
        },
      };
    },
    close() {
      closing = true;
      for (const feed of [...feeds.values()]) feed.end(endFrame("shutting_down"));
    },
  };
}
