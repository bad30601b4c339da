/**
 * The HTTP server's end of the wire: plain HTTP with limits on everything that a client could hold open. `Deno.serve`
 * keeps half-open requests for ever, so this is Node's.
 *
 * @module
 */
import { getRequestListener } from "@hono/node-server";
import http from "node:http";
import type { ListenAddress } from "../config/listen.ts";
import { listenText } from "../config/listen.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { API_CODES, type ApiCodeName } from "./api_codes.ts";
import type { HttpApp } from "./http_app.ts";
import { connectionsOf } from "./connections.ts";
import { newRequestId } from "./request_log.ts";

export interface ListenOptions {
  /** Port 0: a free one. */
  readonly at: ListenAddress;
  readonly app: HttpApp;
  /** One line for the log. */
  log(line: string): void;
  readonly limits?: Partial<typeof LIMITS>;
}

export interface Listener {
  /** Where it listens; the port is the one that was found. */
  readonly at: ListenAddress;
  /** Takes no more connections, ends streams with a final event, and waits for answers under way, but not for long. */
  close(): Promise<void>;
}

const LIMITS = {
  /** From the connection's begin, or the answer before, to the end of the headers. */
  headersMs: 10_000,
  requestMs: 30_000,
  /** How often these are looked at. */
  checkMs: 1_000,
  idleMs: 5_000,
  /** Nothing went over the connection in either direction. Streams of events say something every 15 s. */
  silentMs: 120_000,
  headerBytes: 16 * 1024,
  /** Streams of events (1,200) among them. */
  connections: 2_000,
  closeMs: 5_000,
};

/** Rejects with a `UserError` where it cannot listen. */
export async function listen({ at, app, log, limits: given }: ListenOptions): Promise<Listener> {
  const limits = { ...LIMITS, ...given };
  const server = http.createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.idleMs,
      maxHeaderSize: limits.headerBytes,
    },
    getRequestListener((request, bindings) => app.fetch(request, bindings as never), {
      overrideGlobalObjects: false,
      errorHandler: () => new Response(failureText("invalid_request"), { status: 400, headers: JSON_TYPE }),
    }),
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silentMs);
  server.on("clientError", refuse);
  const connections = connectionsOf(server);
  await listening(server, at);
  server.on("error", (error) => log(`The HTTP server has a problem: ${error.message}`));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : at.port;
  return {
    at: { ...at, port },
    async close() {
      app.endStreams();
      await connections.end(limits.closeMs);
    },
  };
}

async function listening(server: http.Server, at: ListenAddress): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(at.port, at.hostname, resolve);
  try {
    await promise;
  } catch (cause) {
    throw cannotListen(at, cause as Error & { code?: string });
  } finally {
    server.off("error", reject);
  }
}

function cannotListen(at: ListenAddress, cause: Error & { code?: string }): UserError {
  const address = listenText(at);
  const taken = cause.code === "EADDRINUSE";
  return new UserError(
    `Cannot listen on ${address}: ${taken ? "another program does" : cause.message}`,
    {
      hint: taken
        ? `choose another address: stakpak serve --listen ${
          listenText({ ...at, port: at.port + 1 })
        }; see who: ss -ltnp 'sport = :${at.port}'`
        : "name an address of this machine and a port from 1024 on: stakpak serve --listen 127.0.0.1:4096",
      exitCode: EXIT.usage,
      cause,
    },
  );
}

const JSON_TYPE = { "content-type": "application/json" };

const CODES: Readonly<Record<string, ApiCodeName>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "request_timeout",
  HPE_HEADER_OVERFLOW: "headers_too_large",
};

interface Refused {
  readonly writable: boolean;
  end(text: string): unknown;
  destroy(): unknown;
}

/** What is no request, or does not come whole, is answered as everything is, and the connection ends. */
function refuse(error: Error & { code?: string }, socket: Refused): void {
  if (!socket.writable) return void socket.destroy();
  const code = CODES[error.code ?? ""] ?? "invalid_request";
  const { status } = API_CODES[code];
  const body = failureText(code);
  socket.end(
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}\r\ncontent-type: application/json\r\n` +
      `content-length: ${new TextEncoder().encode(body).length}\r\nconnection: close\r\n\r\n${body}`,
  );
}

function failureText(code: ApiCodeName): string {
  return JSON.stringify({ error: API_CODES[code].when, code, request_id: newRequestId() });
}
