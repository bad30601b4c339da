/**
 * GET of a page of the internet: HTTPS at every step, addresses judged at every step, size and time bounded.
 *
 * @module
 */
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { connectTls, type WebRoute } from "./web_connection.ts";
import { WebFailure } from "./web_failure.ts";

export interface WebPage {
  /** Where the redirects have led. */
  readonly url: string;
  /** `text/html; charset=utf-8`; `""` when the server does not say. */
  readonly contentType: string;
  readonly body: Uint8Array;
}

export interface FetchOptions extends WebRoute {
  readonly signal: AbortSignal;
  /** For all of it. */
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

const TIMEOUT_MS = 30_000;
const REDIRECTS_MAX = 10;
const BODY_BYTES_MAX = 5 * 1024 * 1024;
const USER_AGENT = "Mozilla/5.0 (compatible; StakPak-MCP-Bot/1.0)";

/** Rejects with {@linkcode WebFailure}, or with the signal's reason. */
export async function fetchPage(written: string, options: FetchOptions): Promise<WebPage> {
  const { signal, timeoutMs = TIMEOUT_MS, maxBytes = BODY_BYTES_MAX } = options;
  const late = new AbortController();
  const failure = new WebFailure("FAILED_TO_FETCH_WEB_PAGE", `no answer after ${timeoutMs / 1000} seconds`);
  const timer = setTimeout(() => late.abort(failure), timeoutMs);
  const either = AbortSignal.any([signal, late.signal]);
  try {
    let url = checkedUrl(written);
    for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
      const answer = await get(url, options, either, maxBytes);
      if ("page" in answer) return answer.page;
      url = checkedUrl(answer.location, url);
    }
    throw new WebFailure("FAILED_TO_FETCH_WEB_PAGE", `more than ${REDIRECTS_MAX} redirects`);
  } finally {
    clearTimeout(timer);
  }
}

function checkedUrl(written: string, from?: URL): URL {
  const url = URL.parse(written, from);
  const redirect = from ? "it is redirected to " : "";
  if (!url || url.hostname === "") throw new WebFailure("INVALID_URL", `${redirect || "it is "}no URL`);
  if (url.protocol !== "https:") {
    throw new WebFailure(
      "INSECURE_URL",
      `${redirect || "it is "}${url.protocol.slice(0, -1)}, must be https`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new WebFailure("INVALID_URL", `${redirect || "it has "}a user name or a password, must have none`);
  }
  return url;
}

type Answer = { readonly page: WebPage } | { readonly location: string };

async function get(url: URL, route: WebRoute, signal: AbortSignal, maxBytes: number): Promise<Answer> {
  const hostname = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const socket = await connectTls({ hostname, port: Number(url.port) || 443 }, route, signal);
  const agent = new https.Agent({ keepAlive: false });
  agent.createConnection = () => socket;
  const onAbort = () => void socket.destroy();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const response = await responseTo(url, agent);
    const status = response.statusCode ?? 0;
    const location = response.headers.location;
    if (status >= 300 && status < 400 && location !== undefined) return { location };
    if (status < 200 || status >= 300) throw new WebFailure("HTTP_ERROR", `the server answers ${status}`);
    const contentType = response.headers["content-type"] ?? "";
    return { page: { url: url.href, contentType, body: await bodyOf(response, maxBytes) } };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof WebFailure) throw error;
    throw new WebFailure(
      "FAILED_TO_FETCH_WEB_PAGE",
      error instanceof Error ? error.message : String(error),
      error,
    );
  } finally {
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
    agent.destroy();
  }
}

async function responseTo(url: URL, agent: https.Agent): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const headers = {
    host: url.host,
    "user-agent": USER_AGENT,
    accept: "text/html, text/*;q=0.9, */*;q=0.1",
    "accept-encoding": "identity",
  };
  const request = https.request({ agent, host: url.hostname, path: url.pathname + url.search, headers });
  request.once("response", resolve);
  request.on("error", reject);
  request.end();
  return await promise;
}

async function bodyOf(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const encoding = response.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new WebFailure("RESPONSE_READ_ERROR", "the answer is compressed, though not asked to be");
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response) {
      size += chunk.length;
      if (size > maxBytes) throw new WebFailure("RESPONSE_READ_ERROR", `it is longer than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof WebFailure) throw error;
    throw new WebFailure("RESPONSE_READ_ERROR", "the connection broke in mid-answer", error);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
