/**
 * One end of the wire in a process of its own: TLS keeps things for a whole process, so that a case of the
 * table in `refusals_test.ts` can only be believed in fresh ones.
 *
 * The order comes as JSON on the first line of stdin; lines go to stdout. A server ends when stdin does.
 *
 * @module
 */
import type { TLSSocket } from "node:tls";
import { Secret } from "../../src/domain/secret.ts";
import { type HttpsServer, listenHttps } from "../../src/mcp/https_server.ts";
import { tlsFetch } from "../../src/mcp/tls_fetch.ts";
import type { MadeIdentity } from "../fakes/certificates.ts";

/** Servers that trust one client authority each; a line `listening PORT…`, then what happens. */
export interface ServerOrder {
  readonly end: "server";
  readonly identity: MadeIdentity;
  readonly clientCas: readonly string[];
}

export interface ClientOrder {
  readonly end: "client";
  readonly as: "ours" | "no certificate" | "TLS 1.2" | "plain HTTP" | "resuming";
  readonly identity: MadeIdentity;
  readonly serverCa: string;
  /** Asked one after the other. */
  readonly ports: readonly number[];
}

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

function identityOf({ caPem, certificatePem, keyPem }: MadeIdentity, role: "client" | "server") {
  return { role, caPem, certificatePem, privateKeyPem: new Secret(keyPem), notAfter: new Date() };
}

async function serve({ identity, clientCas }: ServerOrder, ended: Promise<unknown>): Promise<void> {
  const servers: HttpsServer[] = [];
  for (const [index, clientCaPem] of clientCas.entries()) {
    servers.push(
      await listenHttps({
        identity: identityOf(identity, "server"),
        clientCaPem,
        at: { hostname: "127.0.0.1", port: 0 },
        log: (line) => say(`${index}: ${line}`),
        handle: (request, response) => {
          say(`${index}: handled${(request.socket as TLSSocket).isSessionReused() ? ", resumed" : ""}`);
          response.end("welcome", () => response.socket?.end());
        },
      }),
    );
  }
  say(`listening ${servers.map(({ at }) => "port" in at ? at.port : "").join(" ")}`);
  await ended;
  await Promise.all(servers.map((server) => server.close()));
}

async function ask(order: ClientOrder): Promise<void> {
  const { as, identity, serverCa, ports } = order;
  const tls = { caCerts: [serverCa] };
  const shown = { cert: identity.certificatePem, key: identity.keyPem };
  using one = as === "resuming"
    ? Deno.createHttpClient({ ...tls, ...shown, poolMaxIdlePerHost: 0 })
    : Deno.createHttpClient(tls);
  for (const port of ports) {
    try {
      say(await answerFrom(port, order, one));
    } catch (error) {
      say(`error ${error instanceof Error ? error.message : error}`);
    }
  }
}

async function answerFrom(port: number, order: ClientOrder, client: Deno.HttpClient): Promise<string> {
  const { as, identity, serverCa } = order;
  if (as === "plain HTTP") return await (await fetch(`http://127.0.0.1:${port}/`)).text();
  if (as === "resuming" || as === "no certificate") {
    return await (await fetch(`https://localhost:${port}/`, { client })).text();
  }
  if (as === "TLS 1.2") return await askOldTls(port, order);
  using ours = tlsFetch({
    at: { hostname: "127.0.0.1", port },
    identity: identityOf(identity, "client"),
    serverCaPem: serverCa,
  });
  return await (await ours.fetch("https://localhost/")).text();
}

async function askOldTls(port: number, { identity, serverCa }: ClientOrder): Promise<string> {
  const { connect } = await import("node:tls");
  return await new Promise((resolve, reject) => {
    const socket = connect({
      host: "127.0.0.1",
      port,
      servername: "localhost",
      ca: serverCa,
      cert: identity.certificatePem,
      key: identity.keyPem,
      maxVersion: "TLSv1.2",
    }, () => socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    socket.once("data", (data) => resolve(String(data)));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("closed")));
  });
}

const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).getReader();
let text = "";
while (!text.includes("\n")) text += (await lines.read()).value ?? "\n";
const order: ServerOrder | ClientOrder = JSON.parse(text);
if (order.end === "server") await serve(order, lines.read());
else await ask(order);
Deno.exit(0);
