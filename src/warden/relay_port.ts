/**
 * A published port of a box that has no network: the box's end. `publish_port.ts` is the supervisor's.
 *
 * The supervisor never connects to a socket that the box has made: the box could put a link in its place, to any
 * socket of the host. So the box connects. It keeps a few connections waiting at a socket of the supervisor's; one
 * byte wakes one of them when somebody comes to the port.
 *
 * @module
 */
import type { Connection, SocketAddress, Sockets } from "../host/sockets.ts";
import { lastWords } from "./last_words.ts";
import { relay } from "./relay.ts";

/** Where the supervisor waits for a box that publishes `port`. */
export function portSocket(port: number): string {
  return `/run/stakpak/out/port-${port}.sock`;
}

/** How many connections of a box wait for somebody at the port. */
export const WAITING = 4;
/** Before the box tries again, where the supervisor does not answer. */
const RETRY_MS = 200;

export interface RelayPortOptions {
  readonly sockets: Sockets;
  readonly socketPath: string;
  readonly to: SocketAddress;
}

/** The box's end: what wakes up at `socketPath` is passed on to `to`. Disposing ends it, once `to` has said its last. */
export function relayPort({ sockets, socketPath, to }: RelayPortOptions): AsyncDisposable {
  let disposed = false;
  const open = new Set<Connection>();
  const words = lastWords();
  const stop = Promise.withResolvers<void>();
  const keep = async (): Promise<void> => {
    while (!disposed) {
      try {
        await once();
      } catch {
        await pause(RETRY_MS, stop.promise);
      }
    }
  };
  /** Waits to be woken. What follows goes on by itself, and another one waits. */
  const once = async () => {
    const outer = await sockets.connect({ socketPath });
    open.add(outer);
    try {
      if (disposed || await outer.read(new Uint8Array(1)) === null) {
        throw new Error("the supervisor has gone");
      }
    } catch (error) {
      open.delete(outer);
      outer.close();
      throw error;
    }
    const passing = passOn(outer).finally(() => {
      open.delete(outer);
      passings.delete(passing);
    });
    passings.add(passing);
  };
  const passOn = async (outer: Connection) => {
    try {
      await relay(outer, words.from(await sockets.connect(to)), { idleMs: Infinity });
    } catch {
      // Nothing listens there: told by the end of the connection.
    } finally {
      outer.close();
    }
  };
  const passings = new Set<Promise<void>>();
  const keeping = Array.from({ length: WAITING }, keep);
  return {
    async [Symbol.asyncDispose]() {
      disposed = true;
      stop.resolve();
      await words.heard();
      for (const outer of open) outer.close();
      await Promise.all(keeping);
      await Promise.all(passings);
    },
  };
}

async function pause(ms: number, stopped: Promise<void>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([promise, stopped]);
  clearTimeout(timer);
}
