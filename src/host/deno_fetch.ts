/**
 * Requests to services whose address is configuration.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import { readUntil } from "./read_until.ts";

/**
 * See `Host.fetch`. Deno's own asks `HTTP_PROXY` for loopback, too, and cannot be told not to but by a client that
 * writes whole addresses into its request lines, as to a proxy, which servers of models do not expect.
 */
export async function fetchPastProxies(url: string, init: RequestInit): Promise<Response> {
  return new URL(url).protocol === "http:" ? await plainFetch(url, init) : await ownFetch(url, init);
}

/** Now and then Deno's own ends the request when the signal aborts, and leaves whoever reads the answer waiting for ever. */
async function ownFetch(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const { body, status, statusText, headers } = response;
  if (!body || !init.signal) return response;
  return new Response(ReadableStream.from(readUntil(body, init.signal)), { status, statusText, headers });
}

/** A body is a text; redirects are not followed. */
async function plainFetch(url: string, { method, headers, body, signal }: RequestInit): Promise<Response> {
  signal?.throwIfAborted();
  const { request } = await import("node:http");
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const asking = request(url, {
    agent: false,
    method: method ?? "GET",
    headers: Object.fromEntries(new Headers(headers)),
  }, resolve);
  // Without the reason: Deno throws that at nobody when the answer is just at its end.
  const onAbort = () => void asking.destroy();
  signal?.addEventListener("abort", onAbort, { once: true });
  asking.on("error", reject).once("close", () => {
    signal?.removeEventListener("abort", onAbort);
    reject(new Error("the connection was closed"));
  });
  asking.end(body ?? undefined);
  try {
    return responseOf(await promise, signal ?? undefined);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function responseOf(answer: IncomingMessage, signal: AbortSignal | undefined): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) headers.append(name, one);
  }
  const status = answer.statusCode ?? 500;
  const hasBody = status !== 204 && status !== 205 && status !== 304;
  if (!hasBody) answer.resume();
  return new Response(hasBody ? ReadableStream.from(chunksOf(answer, signal)) : null, { status, headers });
}

async function* chunksOf(answer: IncomingMessage, signal?: AbortSignal): AsyncIterable<Uint8Array> {
  try {
    yield* answer;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
