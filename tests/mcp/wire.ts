import { type HttpsServer, type HttpsServerOptions, listenHttps } from "../../src/mcp/https_server.ts";
import { createIdentity, type McpIdentity } from "../../src/mcp/identity.ts";
import { type TlsFetch, tlsFetch, type TlsFetchOptions } from "../../src/mcp/tls_fetch.ts";

/** A server and what reaches it, in this process. */
export interface Wire extends AsyncDisposable {
  readonly server: HttpsServer;
  readonly lines: string[];
  /** Settles with the next line of the log. */
  nextLine(): Promise<string>;
  /** What a client of raw TLS needs. */
  readonly tls: { ca: string; cert: string; key: string; servername: string };
  client(options?: Partial<TlsFetchOptions>): TlsFetch;
}

// One client authority for the whole process, as DESIGN §10 wants.
let identities: Promise<[McpIdentity, McpIdentity]> | undefined;

export async function wire(options: Partial<HttpsServerOptions> = {}): Promise<Wire> {
  identities ??= Promise.all([createIdentity("server"), createIdentity("client")]);
  const [identity, client] = await identities;
  const lines: string[] = [];
  let told = Promise.withResolvers<string>();
  const server = await listenHttps({
    identity,
    clientCaPem: client.caPem,
    at: { hostname: "127.0.0.1", port: 0 },
    handle: (_request, response) => void response.end("welcome"),
    log(line) {
      lines.push(line);
      told.resolve(line);
      told = Promise.withResolvers<string>();
    },
    ...options,
  });
  return {
    server,
    lines,
    nextLine: () => told.promise,
    tls: {
      ca: identity.caPem,
      cert: client.certificatePem,
      key: client.privateKeyPem.reveal(),
      servername: "localhost",
    },
    client: (more) => tlsFetch({ at: server.at, identity: client, serverCaPem: identity.caPem, ...more }),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** The port of a server that listens on one. */
export function portOf({ at }: HttpsServer): number {
  if (!("port" in at)) throw new Error("it listens on a socket");
  return at.port;
}
