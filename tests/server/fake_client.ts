import type { SseClient } from "../../src/server/sse_feed.ts";

export interface FakeClient extends SseClient {
  /** What was written, in its pieces. */
  readonly pieces: string[];
  /** How many pieces it takes before it says that it has enough. */
  room: number;
  ended: boolean;
  dropped: boolean;
  /** The ids of the events it was sent. */
  ids(): number[];
}

export function fakeClient(room = Infinity): FakeClient {
  const client: FakeClient = {
    pieces: [],
    room,
    ended: false,
    dropped: false,
    write(bytes) {
      client.pieces.push(new TextDecoder().decode(bytes));
      return --client.room > 0;
    },
    end: () => void (client.ended = true),
    drop: () => void (client.dropped = true),
    ids: () => [...client.pieces.join("").matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id)),
  };
  return client;
}
