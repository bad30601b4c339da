/**
 * The listening end of the wire: HTTPS whose clients show a certificate of one given authority, or are refused
 * before anything they say is read. docs/handshake.md is the contract.
 *
 * A resumed TLS session brings no certificate, and Deno's resumption tickets are good for every server of the
 * process. So one is let through only if this very server has verified the leaf that it stands for.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { TLSSocket } from "node:tls";
import { UserError } from "../domain/error.ts";
import { plainText } from "../domain/plain_text.ts";
import type { SocketAddress } from "../host/sockets.ts";
import type { McpIdentity } from "./identity.ts";

export interface HttpsServerOptions {
  readonly identity: McpIdentity;
  /** Whoever it has signed may talk to us, nobody else. */
  readonly clientCaPem: string;
  readonly at: SocketAddress;
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Told of every client that is refused, in one line. */
  log(line: string): void;
  readonly limits?: Partial<typeof LIMITS>;
}

export interface HttpsServer {
  /** Where it listens; the port is the one that was found. */
  readonly at: SocketAddress;
  /** Takes no more connections and ends those that are open. */
  close(): Promise<void>;
}

/** Source: docs/handshake.md. */
const LIMITS = {
  handshakeMs: 10_000,
  headMs: 10_000,
  requestMs: 60_000,
  idleMs: 5 * 60_000,
  /** How often the limits above are looked at. */
  checkMs: 1_000,
  connections: 128,
};
/** Every leaf of one authority: a client makes one per process. */
const MAX_VERIFIED = 1_000;

/** Listens. Rejects with a {@linkcode UserError} where that is not possible. */
export async function listenHttps(options: HttpsServerOptions): Promise<HttpsServer> {
  const { identity, clientCaPem, at, log } = options;
  const limits = { ...LIMITS, ...options.limits };
  const server = https.createServer({
    key: identity.privateKeyPem.reveal(),
    cert: identity.certificatePem,
    ca: clientCaPem,
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: "TLSv1.3",
    handshakeTimeout: limits.handshakeMs,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: limits.checkMs,
  }, (request, response) => options.handle(request, response));
  server.maxConnections = limits.connections;
  const refuse = (socket: { destroy(): unknown }, reason: string) => {
    log(`refused a client: ${plainText(reason).slice(0, 200)}`);
    socket.destroy();
  };
  refuseStrangers(server, refuse);
  const open = new Set<{ destroy(): unknown }>();
  server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
  await listen(server, at);
  return {
    at: whereIs(server, at),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

type Refuse = (socket: { destroy(): unknown }, reason: string) => void;

function refuseStrangers(server: https.Server, refuse: Refuse): void {
  const verified = new Set<string>();
  // Before the listener that starts to read requests.
  server.prependListener("secureConnection", (socket: TLSSocket) => {
    const leaf = socket.getPeerX509Certificate()?.fingerprint256;
    if (!socket.authorized || leaf === undefined) refuse(socket, "it showed no certificate");
    else if (!socket.isSessionReused()) {
      if (verified.size >= MAX_VERIFIED) verified.clear();
      verified.add(leaf);
    } else if (!verified.has(leaf)) refuse(socket, "it resumed a session of another server");
  });
  server.on("tlsClientError", (error, socket) => {
    // Where the certificate is to blame, the error says no more than "socket hang up".
    refuse(
      socket,
      socket.authorizationError ? `its certificate: ${socket.authorizationError}` : reasonOf(error),
    );
  });
  // Those of TLS come here as well, before.
  server.on("clientError", (error: Error & { code?: string }, socket) => {
    if (error.code?.startsWith("HPE_")) refuse(socket, `not HTTP: ${error.code}`);
    else socket.destroy();
  });
}

function reasonOf(error: Error & { code?: string }): string {
  return error.code ? `${error.message} (${error.code})` : error.message;
}

async function listen(server: https.Server, at: SocketAddress): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  if ("socketPath" in at) server.listen(at.socketPath, resolve);
  else server.listen(at.port, at.hostname, resolve);
  try {
    await promise;
  } catch (cause) {
    throw new UserError(`Cannot listen on ${addressText(at)}: ${reasonOf(cause as Error)}`, {
      hint: "socketPath" in at
        ? "name a path in a folder of yours where nothing is yet, in STAKPAK_MCP_SOCKET"
        : "name a free port from 1024 on in STAKPAK_MCP_PORT",
      cause,
    });
  } finally {
    server.off("error", reject);
  }
}

function whereIs(server: https.Server, at: SocketAddress): SocketAddress {
  const address = server.address();
  return "port" in at && address !== null && typeof address === "object" ? { ...at, port: address.port } : at;
}

/** `127.0.0.1:8080`, `/run/stakpak/in/mcp.sock` */
export function addressText(at: SocketAddress): string {
  return "socketPath" in at ? at.socketPath : `${at.hostname}:${at.port}`;
}
