import type { Connection } from "../../src/host/sockets.ts";

/** A connection on which `pieces` come one after the other, then its end; `said` is what was written to it. */
export function heardConnection(...pieces: readonly string[]): Connection & { readonly said: () => string } {
  const left = pieces.map((piece) => new TextEncoder().encode(piece));
  const written: string[] = [];
  return {
    local: "",
    remote: "",
    read(buffer) {
      const piece = left.shift();
      if (!piece) return Promise.resolve(null);
      buffer.set(piece.subarray(0, buffer.length));
      if (piece.length > buffer.length) left.unshift(piece.subarray(buffer.length));
      return Promise.resolve(Math.min(piece.length, buffer.length));
    },
    write: (bytes) => Promise.resolve(void written.push(new TextDecoder().decode(bytes))),
    endWriting: () => Promise.resolve(),
    close: () => {},
    said: () => written.join(""),
  };
}
