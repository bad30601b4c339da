/**
 * The server of a box, from its parts: identity, listener, sessions, tools; and their end in reverse.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { httpEndpoint } from "./http_endpoint.ts";
import { listenHttps } from "./https_server.ts";
import type { SocketAddress } from "../host/sockets.ts";
import { createIdentity } from "./identity.ts";
import { createServer } from "./server.ts";
import type { Tool } from "./tool.ts";
import { startToolCalls } from "./tool_calls.ts";

export interface ServeHttpsOptions {
  readonly host: Host;
  readonly tools: readonly Tool[];
  /** Absolute, every link resolved. */
  readonly workspace: string;
  readonly version: string;
  /** Whoever it has signed may call the tools. */
  readonly clientCaPem: string;
  readonly at: SocketAddress;
  /** Told of refused clients and of bugs, one line each. */
  log(line: string): void;
}

export interface ServedTools {
  /** For the other side: it signs our certificate. */
  readonly caPem: string;
  readonly at: SocketAddress;
  /** Ends every call, what tools keep running, and every connection. Takes less than two seconds. */
  stop(): Promise<void>;
}

/** Listens with a new identity. Rejects with a `UserError` where that is not possible. */
export async function serveHttps(options: ServeHttpsOptions): Promise<ServedTools> {
  const { clientCaPem, at, log, version } = options;
  const calls = startToolCalls(options);
  // In a box nothing is secret yet: the supervisor redacts what comes out of it.
  const endpoint = httpEndpoint(
    () => createServer({ calls, version, redact: (text) => text, sessions: true }),
    log,
  );
  const identity = await createIdentity("server", options.host.now());
  const server = await listenHttps({
    identity,
    clientCaPem,
    at,
    log,
    handle: (request, response) => void endpoint.handle(request, response),
  });
  return {
    caPem: identity.caPem,
    at: server.at,
    async stop() {
      await Promise.all([endpoint.close(), calls.stop()]);
      await server.close();
    },
  };
}
