/**
 * Bytes from one connection to another and back, one buffer each way: who reads slowly slows who writes.
 *
 * @module
 */
import type { Connection } from "../host/sockets.ts";

const BUFFER_BYTES = 32 * 1024;

/** What went to the server and came from it, in bytes, so far. */
export interface Flow {
  out: number;
  in: number;
}

export interface RelayOptions {
  /** Both are closed once nothing has come from either for so long. */
  readonly idleMs: number;
  /** Counted up while it runs. */
  readonly flow?: Flow;
  /**
   * Says what goes to the server, in place of all that the client says. The server's last byte is the end of it then.
   */
  readonly send?: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>;
}

/**
 * Resolves when both ends have said all they will, or one is lost, or idle; both are closed by then. Closing one of
 * them ends it. Never rejects.
 */
export async function relay(
  client: Connection,
  server: Connection,
  { idleMs, send, flow = { out: 0, in: 0 } }: RelayOptions,
): Promise<void> {
  let last = performance.now();
  const close = () => {
    client.close();
    server.close();
  };
  const watch = setInterval(() => {
    if (performance.now() - last >= idleMs) close();
  }, Math.min(idleMs, 30_000));
  const toServer = async (bytes: Uint8Array) => {
    last = performance.now();
    flow.out += bytes.length;
    await server.write(bytes);
  };
  const toClient = async (bytes: Uint8Array) => {
    last = performance.now();
    flow.in += bytes.length;
    await client.write(bytes);
  };
  const upward = send ? send(toServer) : copy(client, toServer).then(() => server.endWriting());
  const downward = copy(server, toClient).then(() => send ? close() : client.endWriting());
  await Promise.all([upward.catch(close), downward.catch(close)]);
  clearInterval(watch);
  close();
}

async function copy(from: Connection, write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  const buffer = new Uint8Array(BUFFER_BYTES);
  for (let length = await from.read(buffer); length !== null; length = await from.read(buffer)) {
    await write(buffer.subarray(0, length));
  }
}
