/**
 * A box's way out on this machine: the built-in egress with its real workers, and servers to reach or not.
 *
 * @module
 */
import { denoHost } from "../../src/host/deno_host.ts";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import type { Connection } from "../../src/host/sockets.ts";
import type { Egress, EgressDecision } from "../../src/warden/egress.ts";
import { builtinEgress } from "../../src/warden/start_egress.ts";

export interface EgressStage extends AsyncDisposable {
  readonly egress: Egress;
  readonly socketPath: string;
  readonly folder: string;
  readonly decisions: EgressDecision[];
  readonly logged: string[];
  /** Resolves when so many decisions were told. */
  decided(count: number): Promise<void>;
  connect(): Promise<Connection>;
  /** All that the proxy says to `text` until it ends the connection. */
  ask(text: string): Promise<string>;
}

const encoder = new TextEncoder();

export async function egressStage(rules: readonly string[]): Promise<EgressStage> {
  const folder = await Deno.makeTempDir({ prefix: "egress-" });
  const socketPath = `${folder}/egress.sock`;
  const decisions: EgressDecision[] = [];
  const logged: string[] = [];
  let told = () => {};
  const start = builtinEgress({
    host: denoHost(["stakpak"]),
    log: (line) => logged.push(line),
    pauses: { firstMs: 1, lastMs: 1 },
  });
  const egress = await start({
    socketPath,
    rules,
    session: "s1",
    decided(decision) {
      decisions.push(decision);
      told();
    },
  });
  const connect = () => denoSockets.connect({ socketPath });
  return {
    egress,
    socketPath,
    folder,
    decisions,
    logged,
    connect,
    async decided(count) {
      while (decisions.length < count) await new Promise<void>((resolve) => told = resolve);
    },
    async ask(text) {
      const connection = await connect();
      await say(connection, text);
      const heard = await hear(connection);
      connection.close();
      return heard;
    },
    async [Symbol.asyncDispose]() {
      await egress[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    },
  };
}

export async function say(connection: Connection, text: string): Promise<void> {
  await connection.write(encoder.encode(text));
}

/** What comes until `end` is in it, else until the end. */
export async function hear(connection: Connection, end?: string): Promise<string> {
  const buffer = new Uint8Array(4096);
  let heard = "";
  for (;;) {
    const length = await connection.read(buffer).catch(() => null);
    if (length === null) return heard;
    heard += new TextDecoder().decode(buffer.subarray(0, length));
    if (end !== undefined && heard.includes(end)) return heard;
  }
}

export interface TcpServer extends AsyncDisposable {
  readonly port: number;
  /** What each connection has said so far. */
  readonly heard: string[];
}

/** A server on the loopback address; `serve` is given each connection. */
export function tcpServer(serve: (connection: Connection) => Promise<void>): TcpServer {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  const heard: string[] = [];
  const serving: Promise<void>[] = [];
  const all = (async () => {
    for await (const connection of listener) {
      const at = heard.push("") - 1;
      const recording: Connection = {
        ...connection,
        async read(buffer) {
          const length = await connection.read(buffer);
          if (length !== null) heard[at] += new TextDecoder().decode(buffer.subarray(0, length));
          return length;
        },
      };
      serving.push(serve(recording).catch(() => {}).finally(() => connection.close()));
    }
  })();
  return {
    port: listener.port,
    heard,
    async [Symbol.asyncDispose]() {
      listener.close();
      await all;
      await Promise.all(serving);
    },
  };
}

/** Says back what it hears. */
export function echoServer(): TcpServer {
  return tcpServer(async (connection) => {
    const buffer = new Uint8Array(64 * 1024);
    for (let n = await connection.read(buffer); n !== null; n = await connection.read(buffer)) {
      await connection.write(buffer.slice(0, n));
    }
  });
}
