import type { Connection } from "../host/sockets.ts";

/** Reads a connection up to a mark, or by count, and never holds more than its capacity. */
export interface ByteReader {
  /**
   * What comes up to and with `mark`; `undefined` when the connection ends before, or `most` bytes, or as
   * many as it holds, are without it.
   */
  until(mark: string, most: number): Promise<Uint8Array | undefined>;
  /** The next bytes, at most `most`; `undefined` at the end. Good until the next call. */
  some(most: number): Promise<Uint8Array | undefined>;
  /** What was read already and not handed out. */
  rest(): Uint8Array;
}

export function byteReader(connection: Connection, capacity: number): ByteReader {
  const buffer = new Uint8Array(capacity);
  let held = 0;
  const take = (length: number): Uint8Array => {
    const taken = buffer.slice(0, length);
    buffer.copyWithin(0, length, held);
    held -= length;
    return taken;
  };
  const more = async (): Promise<boolean> => {
    const length = await connection.read(buffer.subarray(held));
    held += length ?? 0;
    return length !== null;
  };
  return {
    async until(mark, most) {
      const wanted = new TextEncoder().encode(mark);
      for (let from = 0;;) {
        const at = indexOf(buffer.subarray(0, held), wanted, from);
        if (at >= 0) return at + wanted.length > most ? undefined : take(at + wanted.length);
        if (held >= Math.min(most, capacity)) return undefined;
        from = Math.max(0, held - wanted.length + 1);
        if (!await more()) return undefined;
      }
    },
    async some(most) {
      if (held === 0 && !await more()) return undefined;
      return take(Math.min(most, held));
    },
    rest: () => take(held),
  };
}

function indexOf(bytes: Uint8Array, mark: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(mark[0]!, from); at >= 0; at = bytes.indexOf(mark[0]!, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
