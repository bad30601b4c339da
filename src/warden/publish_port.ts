/**
 * The supervisor's end of a published port; `relay_port.ts` is the box's, and says why the box connects.
 *
 * @module
 */
import type { Connection, SocketAddress, Sockets } from "../host/sockets.ts";
import { lastWords } from "./last_words.ts";
import { relay } from "./relay.ts";
import { WAITING } from "./relay_port.ts";

/** As many waiting ones are kept as two boxes would open. */
const MAX_WAITING = 2 * WAITING;
const MAX_CONNECTIONS = 256;
const WAKE = Uint8Array.of(1);
/** How long somebody at the port waits for the box. */
const PATIENCE_MS = 10_000;

/** Whoever connects to `at` is passed on to what waits at `socketPath`. Disposing ends it, once that has said its last. */
export function publishPort(
  { sockets, at, socketPath }: {
    readonly sockets: Sockets;
    readonly at: SocketAddress;
    readonly socketPath: string;
  },
): AsyncDisposable & { readonly port: number } {
  const [port, door] = [sockets.listen(at), sockets.listen({ socketPath })];
  const waiting: Connection[] = [];
  const patient: ((box: Connection) => void)[] = [];
  const words = lastWords();
  const open = new Map<Connection, Promise<void>>();
  const pass = async (client: Connection) => {
    try {
      const box = waiting.shift() ?? await nextBox(client, patient);
      await box.write(WAKE);
      await relay(client, words.from(box), { idleMs: Infinity });
    } catch {
      // Nobody of the box came in time, or it has gone.
    } finally {
      client.close();
    }
  };
  const accepting = [
    serveEach(door, (box) => {
      const next = patient.shift();
      if (next) next(box);
      else if (waiting.push(box) > MAX_WAITING) waiting.shift()!.close();
    }),
    serveEach(port, (client) => {
      if (open.size >= MAX_CONNECTIONS) client.close();
      else open.set(client, pass(client).finally(() => open.delete(client)));
    }),
  ];
  return {
    port: port.port,
    async [Symbol.asyncDispose]() {
      port.close();
      door.close();
      await Promise.allSettled(accepting);
      await words.heard();
      for (const client of open.keys()) client.close();
      for (const box of waiting) box.close();
      for (const give of patient.splice(0)) give(nobody);
      await Promise.all(open.values());
    },
  };
}

const nobody: Connection = {
  local: "",
  remote: "",
  read: () => Promise.resolve(null),
  write: () => Promise.reject(new Error("it is closed")),
  endWriting: () => Promise.resolve(),
  close: () => {},
};

async function nextBox(client: Connection, patient: ((box: Connection) => void)[]): Promise<Connection> {
  const { promise, resolve } = Promise.withResolvers<Connection>();
  patient.push(resolve);
  const late = setTimeout(() => {
    const at = patient.indexOf(resolve);
    if (at >= 0) patient.splice(at, 1);
    client.close();
    resolve(nobody);
  }, PATIENCE_MS);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
  }
}

async function serveEach(
  connections: AsyncIterable<Connection>,
  serve: (one: Connection) => void,
): Promise<void> {
  for await (const one of connections) serve(one);
}
