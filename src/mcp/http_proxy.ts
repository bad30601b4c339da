import type { Socket } from "node:net";
import { WebFailure } from "./web_failure.ts";

export interface HttpProxy {
  readonly hostname: string;
  readonly port: number;
  /** Value of `Proxy-Authorization`. */
  readonly authorization?: string;
}

/** The proxy that `HTTPS_PROXY` names: `http://127.0.0.1:3128`. Throws {@linkcode WebFailure}. */
export function parseProxy(written: string): HttpProxy {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `http://${written}`);
  if (url?.protocol !== "http:" || url.hostname === "") {
    throw new WebFailure("HTTP_CLIENT_ERROR", "HTTPS_PROXY names no proxy, must be http://HOST:PORT");
  }
  const account = `${decoded(url.username)}:${decoded(url.password)}`;
  const bytes = Array.from(new TextEncoder().encode(account), (byte) => String.fromCharCode(byte)).join("");
  return {
    hostname: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || 80,
    ...(account !== ":" && { authorization: `Basic ${btoa(bytes)}` }),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const MAX_HEAD_BYTES = 16 * 1024;

/** Asks a proxy for a connection to `target` (`host:port`). Rejects with {@linkcode WebFailure}. */
export async function openTunnel(
  socket: Socket,
  target: string,
  { authorization }: HttpProxy,
): Promise<void> {
  const account = authorization === undefined ? "" : `Proxy-Authorization: ${authorization}\r\n`;
  socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${account}\r\n`);
  const head = await readHead(socket);
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status?.startsWith("2")) return;
  const answer = status === undefined ? "does not speak HTTP" : `answers ${status}`;
  throw new WebFailure("FAILED_TO_FETCH_WEB_PAGE", `the egress proxy ${answer} for ${target}`);
}

/** Up to the empty line. What follows is the server's, which waits for us to speak first. */
async function readHead(socket: Socket): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let head = "";
  const onData = (chunk: Uint8Array) => {
    head += new TextDecoder("latin1").decode(chunk);
    if (head.includes("\r\n\r\n")) resolve(head);
    else if (head.length > MAX_HEAD_BYTES) reject(new Error("the egress proxy's answer is too long"));
  };
  const onClose = () => reject(new Error("the egress proxy closed the connection"));
  socket.on("data", onData);
  socket.once("error", reject);
  socket.once("close", onClose);
  try {
    return await promise;
  } finally {
    socket.pause();
    socket.off("data", onData);
    socket.off("error", reject);
    socket.off("close", onClose);
  }
}
