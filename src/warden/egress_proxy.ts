/**
 * The egress proxy: HTTP CONNECT, and plain HTTP by whole address. One connection, one request.
 *
 * It connects by name and judges the address that this led to before a byte is said there. What it holds is bounded:
 * a head, two buffers a connection, so many connections.
 *
 * @module
 */
import { type Connection, type Listener, NotGranted, type Sockets } from "../host/sockets.ts";
import { type ByteReader, byteReader } from "./byte_reader.ts";
import type { ProxyEvent } from "./egress_events.ts";
import type { Connected, EgressPolicy } from "./egress_policy.ts";
import { pace } from "./pace.ts";
import { answer } from "./proxy_answer.ts";
import { hostAndPort, parseProxyRequest, type ProxyRequest } from "./proxy_request.ts";
import { type Flow, relay } from "./relay.ts";
import { sendBody } from "./send_body.ts";

const HEAD_BYTES = 16 * 1024;

const LIMITS = {
  connections: 256,
  /** From the connection to the end of its request's head. */
  headMs: 10_000,
  connectMs: 20_000,
  idleMs: 10 * 60_000,
  /** Requests. Each is a line of the log: who could write it full would have what he did before forgotten. */
  burst: 1_000,
  perSecond: 50,
};

export interface EgressProxyOptions {
  readonly listener: Listener;
  readonly policy: EgressPolicy;
  readonly connect: Sockets["connect"];
  /** The addresses of this host, now. */
  ours(): Promise<readonly string[]>;
  tell(event: ProxyEvent): void;
  readonly limits?: Partial<typeof LIMITS>;
}

export interface EgressProxy {
  /** Takes no more connections, and cuts those that `policy` forbids. The others live on. */
  retire(policy: EgressPolicy): void;
  /** Resolves when it is retired and no connection is left. Rejects when it cannot listen any more. */
  readonly drained: Promise<void>;
}

interface Tunnel extends Connected {
  readonly host: string;
  readonly port: number;
  readonly ours: readonly string[];
  close(): void;
}

interface State extends EgressProxyOptions {
  policy: EgressPolicy;
  readonly limits: typeof LIMITS;
  readonly tunnels: Set<Tunnel>;
  readonly wait: () => number;
  nextId: number;
}

/** Serves the connections of `listener` until it is retired and all have ended. */
export function serveEgress(options: EgressProxyOptions): EgressProxy {
  const limits = { ...LIMITS, ...options.limits };
  const state: State = { ...options, limits, tunnels: new Set(), wait: pace(limits), nextId: 1 };
  return {
    drained: serveAll(state),
    retire(policy) {
      state.policy = policy;
      state.listener.close();
      for (const tunnel of state.tunnels) {
        const forbidden = policy.judge(tunnel.host, tunnel.port) ??
          policy.judgeAddress(tunnel, tunnel.port, tunnel.ours);
        if (forbidden !== undefined) tunnel.close();
      }
    },
  };
}

async function serveAll(state: State): Promise<void> {
  const open = new Set<Promise<void>>();
  for await (const client of state.listener) {
    if (open.size >= 2 * state.limits.connections) {
      client.close();
      continue;
    }
    const serving = open.size < state.limits.connections
      ? serve(client, state)
      : answer(client, 503, "too many connections at once");
    const served = serving.catch(() => {}).finally(() => {
      client.close();
      open.delete(served);
    });
    open.add(served);
  }
  await Promise.all(open);
}

async function serve(client: Connection, state: State): Promise<void> {
  const reader = byteReader(client, HEAD_BYTES);
  const request = await requestOf(client, reader, state);
  if (request === undefined) return;
  if (typeof request === "string") return await answer(client, 400, `no proxy request: ${request}`);
  const waitMs = state.wait();
  if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  const { host, port } = request;
  const denied = state.policy.judge(host, port);
  if (denied !== undefined) return await deny(client, request, denied, state);
  const server = await connected(client, request, state);
  if (!server) return;
  try {
    const ours = await state.ours();
    const { remote, local } = server;
    // Both again: the policy may be another by now.
    const forbidden = state.policy.judge(host, port) ??
      state.policy.judgeAddress({ remote, local }, port, ours);
    if (forbidden !== undefined) return await deny(client, request, forbidden, state);
    const close = () => {
      server.close();
      client.close();
    };
    await pass(client, server, reader, request, { remote, local, host, port, ours, close }, state);
  } finally {
    server.close();
  }
}

/** `undefined` when the client went away, or was too slow; a text for what is no request. */
async function requestOf(
  client: Connection,
  reader: ByteReader,
  { limits }: State,
): Promise<ProxyRequest | string | undefined> {
  const late = setTimeout(() => client.close(), limits.headMs);
  try {
    const head = await reader.until("\r\n\r\n", HEAD_BYTES);
    // Byte by byte: "latin1" of TextDecoder is another code.
    if (head) return parseProxyRequest(Array.from(head, (byte) => String.fromCharCode(byte)).join(""));
    return reader.rest().length >= HEAD_BYTES ? `its head has more than ${HEAD_BYTES} bytes` : undefined;
  } finally {
    clearTimeout(late);
  }
}

/** A connection to what was asked for; the client is told when there is none. */
async function connected(
  client: Connection,
  request: ProxyRequest,
  state: State,
): Promise<Connection | undefined> {
  const { host, port } = request;
  try {
    return await state.connect({ hostname: host, port }, AbortSignal.timeout(state.limits.connectMs));
  } catch (error) {
    if (error instanceof NotGranted) await deny(client, request, "not granted", state);
    else {
      const id = state.nextId++;
      state.tell({ kind: "opened", id, host, port });
      state.tell({ kind: "closed", id, bytesOut: 0, bytesIn: 0 });
      await answer(client, 502, `cannot connect to ${hostAndPort(request)}`);
    }
    return undefined;
  }
}

async function pass(
  client: Connection,
  server: Connection,
  reader: ByteReader,
  request: ProxyRequest,
  tunnel: Tunnel,
  state: State,
): Promise<void> {
  const { host, port } = request;
  const { idleMs } = state.limits;
  const id = state.nextId++;
  const flow: Flow = { out: 0, in: 0 };
  state.tunnels.add(tunnel);
  state.tell({ kind: "opened", id, host, port });
  try {
    if (request.kind === "tunnel") {
      await client.write(new TextEncoder().encode("HTTP/1.1 200 Connection established\r\n\r\n"));
      const early = reader.rest();
      await server.write(early);
      flow.out += early.length;
      await relay(client, server, { idleMs, flow });
    } else {
      const head = Uint8Array.from(request.head, (character) => character.charCodeAt(0));
      const send = async (write: (bytes: Uint8Array) => Promise<void>) => {
        await write(head);
        await sendBody(request.body, reader, write);
      };
      await relay(client, server, { idleMs, flow, send });
    }
  } finally {
    state.tunnels.delete(tunnel);
    state.tell({ kind: "closed", id, bytesOut: flow.out, bytesIn: flow.in });
  }
}

async function deny(
  client: Connection,
  request: ProxyRequest,
  reason: string,
  { tell }: State,
): Promise<void> {
  const { host, port } = request;
  tell({ kind: "denied", host, port, reason });
  await answer(client, 403, `egress to ${hostAndPort(request)} denied by policy`);
}
