/**
 * Connections of the real machine.
 *
 * @module
 */
import { type Connection, type Listener, NotGranted, type SocketAddress, type Sockets } from "./sockets.ts";

export const denoSockets: Sockets = {
  listen(at) {
    if ("socketPath" in at) return listenerOn(Deno.listen({ transport: "unix", path: at.socketPath }), 0);
    const listener = Deno.listen({ hostname: at.hostname, port: at.port });
    return listenerOn(listener, listener.addr.port);
  },
  async connect(to, signal) {
    signal?.throwIfAborted();
    try {
      return connectionOn(await open(to, signal));
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Deno.errors.NotCapable)) throw error;
      throw new NotGranted("this program has no right to connect there", { cause: error });
    }
  },
};

function open(to: SocketAddress, signal: AbortSignal | undefined): Promise<Deno.Conn> {
  if ("socketPath" in to) return Deno.connect({ transport: "unix", path: to.socketPath });
  return Deno.connect({ hostname: to.hostname, port: to.port, ...(signal && { signal }) });
}

function listenerOn(listener: Deno.Listener, port: number): Listener {
  let closed = false;
  return {
    port,
    close() {
      if (!closed) listener.close();
      closed = true;
    },
    async *[Symbol.asyncIterator]() {
      while (!closed) {
        let connection: Deno.Conn;
        try {
          connection = await listener.accept();
        } catch (error) {
          if (closed) return;
          // Who came has gone before he was let in.
          if (isTransient(error)) continue;
          throw error;
        }
        yield connectionOn(connection);
      }
    },
  };
}

function isTransient(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionAborted || error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.Interrupted;
}

function connectionOn(connection: Deno.Conn): Connection {
  const ip = (address: Deno.Addr) => "hostname" in address ? address.hostname : "";
  let closed = false;
  return {
    local: ip(connection.localAddr),
    remote: ip(connection.remoteAddr),
    read: (buffer) => connection.read(buffer),
    async write(bytes) {
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
    },
    endWriting: () => connection.closeWrite(),
    close() {
      if (!closed) connection.close();
      closed = true;
    },
  };
}
