import type { Connection, SocketAddress, Sockets } from "../host/sockets.ts";
import { relay } from "./relay.ts";

const MAX_CONNECTIONS = 256;

export interface ForwardOptions {
  readonly sockets: Sockets;
  readonly from: SocketAddress;
  readonly to: SocketAddress;
  /** A connection is ended once nothing has come either way for so long. Absent: never for that. */
  readonly idleMs?: number;
}

export interface Forward extends AsyncDisposable {
  /** Where it listens; 0 on a unix socket. */
  readonly port: number;
}

/**
 * Passes every connection that comes to `from` on to `to`, both ways; a connection that `to` does not take is
 * closed. Throws where it cannot listen. Disposing ends all of it.
 */
export function forward({ sockets, from, to, idleMs = Infinity }: ForwardOptions): Forward {
  const listener = sockets.listen(from);
  const open = new Map<Connection, Promise<void>>();
  const pass = async (near: Connection) => {
    try {
      await relay(near, await sockets.connect(to), { idleMs });
    } catch {
      // The other end is not there: it is told by the end of its connection.
    } finally {
      near.close();
    }
  };
  const accepting = (async () => {
    for await (const near of listener) {
      if (open.size >= MAX_CONNECTIONS) near.close();
      else open.set(near, pass(near).finally(() => open.delete(near)));
    }
  })();
  return {
    port: listener.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting.catch(() => {});
      for (const near of open.keys()) near.close();
      await Promise.all(open.values());
    },
  };
}
