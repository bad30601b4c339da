import { createIdentity } from "../../src/mcp/identity.ts";

export interface TlsServer extends AsyncDisposable {
  readonly port: number;
  /** PEM of the authority that signed its certificate, for `localhost` and 127.0.0.1. */
  readonly trusted: string;
  /** `METHOD path` of the requests that arrived. */
  readonly asked: string[];
}

/** A real HTTPS server on this machine. */
export async function tlsServer(
  answer: (request: Request) => Response | Promise<Response>,
): Promise<TlsServer> {
  const identity = await createIdentity("server");
  const asked: string[] = [];
  const server = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    key: identity.privateKeyPem.reveal(),
    cert: identity.certificatePem,
    onListen: () => {},
  }, (request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer(request);
  });
  return {
    port: server.addr.port,
    trusted: identity.caPem,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

export interface ConnectProxy extends AsyncDisposable {
  readonly port: number;
  /** The heads that it was sent. */
  readonly heads: string[];
}

/** A proxy that leads every connection to `port` of this machine, or answers with `refusal`. */
export function connectProxy({ port, refusal }: { port?: number; refusal?: string }): ConnectProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const heads: string[] = [];
  const serve = async (inner: Deno.TcpConn) => {
    const bytes = new Uint8Array(4096);
    const length = await inner.read(bytes) ?? 0;
    heads.push(new TextDecoder().decode(bytes.subarray(0, length)));
    await inner.write(new TextEncoder().encode(refusal ?? "HTTP/1.1 200 Connection established\r\n\r\n"));
    if (port === undefined) return inner.close();
    const outer = await Deno.connect({ hostname: "127.0.0.1", port });
    await Promise.allSettled([inner.readable.pipeTo(outer.writable), outer.readable.pipeTo(inner.writable)]);
  };
  const open: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const conn of listener) open.push(serve(conn));
  })();
  return {
    port: listener.addr.port,
    heads,
    async [Symbol.asyncDispose]() {
      listener.close();
      await Promise.all([accepting, ...open]);
    },
  };
}
