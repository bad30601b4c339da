/**
 * A `fetch` for one server: TLS on its socket itself, its own authority alone trusted, our certificate shown.
 *
 * `Deno.createHttpClient` trusts the public authorities too and has no TLS on unix sockets; a relay in between
 * would write to whatever the box puts in the place of its socket. Proxies of the environment are not for this.
 *
 * @module
 */
import type { ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";
import type { SocketAddress } from "../host/sockets.ts";
import type { McpIdentity } from "./identity.ts";

export interface TlsFetchOptions {
  readonly at: SocketAddress;
  readonly identity: McpIdentity;
  /** Signs the server's certificate; nobody else does. */
  readonly serverCaPem: string;
  /** Ends a connection that is not through its handshake by then. */
  readonly connectMs?: number;
}

export interface TlsFetch extends Disposable {
  /**
   * Sends a request to the one server, whatever host `url` names; only its path counts. Does not follow
   * redirects. A body is a text. Rejects with {@linkcode NotSent} when the server saw nothing of the request,
   * with the signal's reason, or with what went wrong on the way.
   */
  readonly fetch: (url: string | URL, init?: RequestInit) => Promise<Response>;
}

/** There was no connection: nothing of the request has reached the server. */
export class NotSent extends Error {
  override readonly name = "NotSent";
}

const CONNECT_MS = 10_000;
/** Shorter than the server's, so that a request never meets a connection that is just being closed. */
const IDLE_MS = 60_000;
/** More than a box may make the supervisor hold. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** What the server's certificate says, whatever its address. */
const SERVER_NAME = "localhost";

/** A `fetch` with connections of its own; disposing ends them. Make a new one for every lease. */
export function tlsFetch({ at, identity, serverCaPem, connectMs = CONNECT_MS }: TlsFetchOptions): TlsFetch {
  const agent = new https.Agent({
    keepAlive: true,
    maxCachedSessions: 0,
    timeout: IDLE_MS,
    ca: serverCaPem,
    cert: identity.certificatePem,
    key: identity.privateKeyPem.reveal(),
    servername: SERVER_NAME,
    minVersion: "TLSv1.3",
  });
  const target = "socketPath" in at ? at : { host: at.hostname, port: at.port };
  return {
    fetch: async (url, { method = "GET", headers, body, signal } = {}) => {
      signal?.throwIfAborted();
      const { pathname, search } = new URL(url);
      const text = textOf(body);
      const request = https.request({
        ...target,
        agent,
        method,
        path: pathname + search,
        headers: { ...Object.fromEntries(new Headers(headers)), host: SERVER_NAME },
      });
      // Without the reason: Deno throws that at nobody when the answer is just at its end.
      const onAbort = () => void request.destroy();
      signal?.addEventListener("abort", onAbort, { once: true });
      request.once("close", () => signal?.removeEventListener("abort", onAbort));
      const answer = answerTo(request, connectMs);
      request.end(text);
      try {
        return responseOf(await answer, request);
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function textOf(body: RequestInit["body"]): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body !== "string") throw new TypeError("Cannot send the request: its body is not a text");
  return body;
}

async function answerTo(request: ClientRequest, connectMs: number): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  let connected = false;
  const late = setTimeout(() => request.destroy(new Error(`no connection after ${connectMs} ms`)), connectMs);
  const onConnected = () => {
    connected = true;
    clearTimeout(late);
  };
  request.once("socket", (socket) => {
    if (request.reusedSocket) onConnected();
    else socket.once("secureConnect", onConnected);
  });
  request.once("response", resolve);
  const fail = (error: Error) => {
    clearTimeout(late);
    reject(connected ? error : new NotSent(error.message, { cause: error }));
  };
  request.on("error", fail);
  request.once("close", () => fail(new Error("the connection was closed")));
  return await promise;
}

function responseOf(answer: IncomingMessage, request: ClientRequest): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const status = answer.statusCode ?? 500;
  const init = { status, statusText: answer.statusMessage ?? "", headers };
  if (status !== 204 && status !== 304) return new Response(bodyOf(answer, request), init);
  answer.resume();
  return new Response(null, init);
}

/**
 * The body, up to `MAX_ANSWER_BYTES`. It is read as it comes and never held back: Deno reads on beneath a paused
 * TLS socket, and then nothing would count what it keeps.
 */
function bodyOf(answer: IncomingMessage, request: ClientRequest): ReadableStream<Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  let open = true;
  return new ReadableStream({
    start(controller) {
      const end = (settle: () => void) => {
        if (open) settle();
        open = false;
      };
      answer.on("data", (chunk: Uint8Array<ArrayBuffer>) => {
        bytes += chunk.length;
        if (bytes > MAX_ANSWER_BYTES) {
          end(() => controller.error(new Error(`the answer is longer than ${MAX_ANSWER_BYTES} bytes`)));
          request.destroy();
        }
        if (open) controller.enqueue(chunk);
      });
      answer.on("end", () => end(() => controller.close()));
      answer.on("error", (error) => end(() => controller.error(error)));
      answer.on("close", () => end(() => controller.error(new Error("the connection broke in mid-answer"))));
    },
    cancel() {
      open = false;
      request.destroy();
    },
  });
}
