import { deepEqual, equal, match } from "node:assert/strict";
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { workersOf } from "../../src/host/deno_worker.ts";
import type { ProxyEvent } from "../../src/warden/egress_events.ts";
import { egressPolicy } from "../../src/warden/egress_policy.ts";
import { type EgressProxyOptions, serveEgress } from "../../src/warden/egress_proxy.ts";
import { test } from "../sanitized.ts";
import { echoServer, hear, say, tcpServer } from "./egress_stage.ts";

interface Proxy extends AsyncDisposable {
  readonly events: ProxyEvent[];
  connect(): ReturnType<typeof denoSockets.connect>;
  ask(text: string): Promise<string>;
}

function proxyWith(rules: readonly string[], options: Partial<EgressProxyOptions> = {}): Proxy {
  const listener = denoSockets.listen({ hostname: "127.0.0.1", port: 0 });
  const events: ProxyEvent[] = [];
  const proxy = serveEgress({
    listener,
    policy: egressPolicy(rules),
    connect: denoSockets.connect,
    ours: () => Promise.resolve([]),
    tell: (event) => events.push(event),
    ...options,
  });
  const connect = () => denoSockets.connect({ hostname: "127.0.0.1", port: listener.port });
  return {
    events,
    connect,
    async ask(text) {
      const client = await connect();
      await say(client, text);
      const heard = await hear(client);
      client.close();
      return heard;
    },
    async [Symbol.asyncDispose]() {
      proxy.retire(egressPolicy([]));
      await proxy.drained;
    },
  };
}

/** Answers the first request that it hears, and closes. */
const webServer = () =>
  tcpServer(async (connection) => {
    await hear(connection, "\r\n\r\n");
    await say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  });

test("a plain request goes to the host that was judged, with that host's name", async () => {
  await using server = webServer();
  await using proxy = proxyWith([`127.0.0.1:${server.port}`]);
  const heard = await proxy.ask(
    `GET http://127.0.0.1:${server.port}/a HTTP/1.1\r\nHost: evil.example\r\n\r\n`,
  );
  match(heard, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nok$/);
  const wanted = `GET /a HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`;
  deepEqual(server.heard, [wanted]);
  deepEqual(proxy.events.map(({ kind }) => kind), ["opened", "closed"]);
});

test("a second request behind the first, to another host, goes nowhere", async () => {
  await using server = webServer();
  await using proxy = proxyWith([`127.0.0.1:${server.port}`]);
  const post = `POST http://127.0.0.1:${server.port}/ HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi`;
  await proxy.ask(`${post}GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n`);
  match(server.heard.join(), /\r\n\r\n(hi)?$/);
  equal(server.heard.length, 1);
});

test("a request that could be read in two ways is answered 400, and nobody is asked", async () => {
  await using server = webServer();
  await using proxy = proxyWith([`127.0.0.1:${server.port}`]);
  const both = "Content-Length: 2\r\nTransfer-Encoding: chunked";
  const heard = await proxy.ask(`POST http://127.0.0.1:${server.port}/ HTTP/1.1\r\n${both}\r\n\r\n0\r\n\r\n`);
  match(heard, /^HTTP\/1\.1 400 no proxy request: it says more than once where it ends\r\n/);
  deepEqual(server.heard, []);
});

test("what is denied is not asked for, by plain HTTP as by CONNECT", async () => {
  const asked: string[] = [];
  const connect = (to: unknown) => Promise.reject(new Error(String(asked.push(JSON.stringify(to)))));
  await using proxy = proxyWith(["github.com:443"], { connect });
  for (const ask of ["GET http://github.com/ HTTP/1.1", "CONNECT github.com:80 HTTP/1.1"]) {
    match(await proxy.ask(`${ask}\r\n\r\n`), /^HTTP\/1\.1 403 egress to github\.com:80 denied by policy\r\n/);
  }
  deepEqual(asked, []);
  equal(proxy.events.every((event) => event.kind === "denied" && event.reason === "not listed"), true);
});

test("a host that does not answer is said, without the reason", async () => {
  await using proxy = proxyWith(["127.0.0.1:1"]);
  const heard = await proxy.ask("CONNECT 127.0.0.1:1 HTTP/1.1\r\n\r\n");
  match(heard, /^HTTP\/1\.1 502 cannot connect to 127\.0\.0\.1:1\r\n/);
  deepEqual(proxy.events.map(({ kind }) => kind), ["opened", "closed"]);
});

test("an address of this host is denied after connecting, before a byte", async () => {
  await using server = echoServer();
  await using proxy = proxyWith([`localhost:${server.port}`], { ours: () => Promise.resolve(["127.0.0.1"]) });
  match(await proxy.ask(`CONNECT localhost:${server.port} HTTP/1.1\r\n\r\nearly`), /^HTTP\/1\.1 403 /);
  equal(server.heard.join(""), "");
});

test("a head without an end is not waited for, and one that is too long is refused", async () => {
  await using proxy = proxyWith([], { limits: { headMs: 20 } });
  equal(await proxy.ask("CONNECT github.com:443 HTTP/1.1\r\n"), "");
  match(
    await proxy.ask(`GET http://a/ HTTP/1.1\r\nX: ${"x".repeat(17_000)}`),
    /^HTTP\/1\.1 400 .*16384 bytes/,
  );
});

test("more connections than allowed are told so", async () => {
  await using server = echoServer();
  await using proxy = proxyWith([`127.0.0.1:${server.port}`], { limits: { connections: 1 } });
  const first = await proxy.connect();
  await say(first, `CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\n\r\n`);
  await hear(first, "\r\n\r\n");
  match(await proxy.ask("CONNECT a:1 HTTP/1.1\r\n\r\n"), /^HTTP\/1\.1 503 too many connections at once\r\n/);
  first.close();
});

test("requests beyond the pace wait, so that the log cannot be written full at will", async () => {
  await using proxy = proxyWith([], { limits: { burst: 1, perSecond: 20 } });
  const start = performance.now();
  for (let count = 0; count < 3; count++) await proxy.ask("CONNECT a:1 HTTP/1.1\r\n\r\n");
  equal(performance.now() - start >= 95, true);
  equal(proxy.events.length, 3);
});

test("a connection that is idle for too long is ended", async () => {
  await using server = echoServer();
  await using proxy = proxyWith([`127.0.0.1:${server.port}`], { limits: { idleMs: 10 } });
  const heard = await proxy.ask(`CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\n\r\n`);
  equal(heard, "HTTP/1.1 200 Connection established\r\n\r\n");
});

test("the proxy's own code, told to dial what is not listed, is refused by what its worker was granted", async () => {
  const folder = await Deno.makeTempDir();
  const socketPath = `${folder}/s`;
  await using server = echoServer();
  const events: unknown[] = [];
  const start = workersOf(new URL("lenient_worker.ts", import.meta.url).href);
  const net = ["github.com:443", `127.0.0.1:${server.port}`, `unix:${socketPath}`];
  const listening = Promise.withResolvers<void>();
  const worker = start("egress", { net, files: [socketPath] }, {
    said(message) {
      if (message === "ready") worker.tell(socketPath);
      else if (message === "listening") listening.resolve();
      else events.push(message);
    },
    failed: (reason) => listening.reject(new Error(reason)),
  });
  await listening.promise;
  for (const target of ["evil.example:443", "github.com:80", "127.0.0.1:1", "169.254.169.254:80"]) {
    const client = await denoSockets.connect({ socketPath });
    await say(client, `CONNECT ${target} HTTP/1.1\r\n\r\n`);
    match(await hear(client), /^HTTP\/1\.1 403 egress to .* denied by policy\r\n/, target);
    client.close();
  }
  const client = await denoSockets.connect({ socketPath });
  await say(client, `CONNECT 127.0.0.1:${server.port} HTTP/1.1\r\n\r\nhello`);
  match(await hear(client, "hello"), /^HTTP\/1\.1 200 /);
  client.close();
  worker.end();
  deepEqual(
    events.slice(0, 4).map((event) => (event as { reason?: string }).reason),
    Array(4).fill("not granted"),
  );
  await Deno.remove(folder, { recursive: true });
});
