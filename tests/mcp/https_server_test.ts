import { equal, match, ok, rejects } from "node:assert/strict";
import net from "node:net";
import tls from "node:tls";
import { UserError } from "../../src/domain/error.ts";
import { addressText } from "../../src/mcp/https_server.ts";
import { test } from "../sanitized.ts";
import { portOf, type Wire, wire } from "./wire.ts";

const SHORT = { handshakeMs: 100, headMs: 100, requestMs: 200, idleMs: 100, checkMs: 20 };

/** Everything a raw client is told until the server ends the connection. */
async function untilClosed(connect: () => net.Socket, say: string | undefined): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let told = "";
  const socket = connect();
  socket.on("data", (data) => told += data);
  socket.on("error", () => {});
  socket.once("close", () => resolve(told));
  if (say !== undefined) {
    socket.once(socket instanceof tls.TLSSocket ? "secureConnect" : "connect", () => socket.write(say));
  }
  return await promise;
}

const plain = ({ server }: Wire) => () => net.connect(portOf(server), "127.0.0.1");
const secure = ({ server, tls: options }: Wire) => () =>
  tls.connect({ ...options, host: "127.0.0.1", port: portOf(server) });

test("a connection that never begins its handshake is ended and said", async () => {
  await using served = await wire({ limits: SHORT });
  const line = served.nextLine();
  await untilClosed(plain(served), undefined);
  match(await line, /^refused a client: .*handshake timeout/i);
});

test("a connection that stops in the middle of its handshake is ended and said", async () => {
  await using served = await wire({ limits: SHORT });
  const line = served.nextLine();
  // The head of a ClientHello record that never comes.
  await untilClosed(plain(served), "\x16\x03\x01\x02\x00");
  match(await line, /^refused a client: .*handshake timeout/i);
});

test("a request whose head or body does not come is ended, and its handler does not wait for ever", async () => {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  await using served = await wire({
    limits: SHORT,
    handle: (request) => void request.on("error", () => resolve("ended")).resume(),
  });
  await untilClosed(secure(served), "GET / HTTP/1.1\r\nHos");
  await untilClosed(secure(served), "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf");
  equal(await ended, "ended");
});

test("a connection without a request is ended, before the first and after one", async () => {
  await using served = await wire({ limits: SHORT });
  equal(await untilClosed(secure(served), undefined), "");
  match(
    await untilClosed(secure(served), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    /^HTTP\/1.1 200 OK\r\n/,
  );
});

test("what is not HTTP behind a good handshake is refused and said", async () => {
  await using served = await wire();
  const line = served.nextLine();
  await untilClosed(secure(served), "EHLO localhost\r\n\r\n");
  match(await line, /^refused a client: not HTTP: HPE_/);
});

test("more connections than the limit are not taken", async () => {
  await using served = await wire({ limits: { connections: 1 } });
  const first = secure(served)();
  await new Promise<void>((resolve) => first.once("secureConnect", resolve));
  equal(await untilClosed(secure(served), "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"), "");
  first.destroy();
});

test("close() ends connections and answers that are under way, and frees the port", async () => {
  const { promise: begun, resolve } = Promise.withResolvers<void>();
  const served = await wire({
    handle(_request, response) {
      response.write("for ever");
      resolve();
    },
  });
  using client = served.client();
  const answer = await client.fetch("https://localhost/");
  await begun;
  const body = answer.text();
  await Promise.all([served.server.close(), rejects(body)]);
  await using again = await wire({ at: served.server.at });
  equal(portOf(again.server), portOf(served.server));
});

test("it listens on a unix socket, and takes the name away when it closes", async () => {
  const folder = await Deno.makeTempDir();
  const at = { socketPath: `${folder}/mcp.sock` };
  {
    await using served = await wire({ at });
    ok((await Deno.stat(at.socketPath)).isSocket);
    using client = served.client();
    equal(await (await client.fetch("https://localhost/")).text(), "welcome");
  }
  await rejects(Deno.stat(at.socketPath), Deno.errors.NotFound);
  await Deno.remove(folder);
});

test("an address that cannot be had is the user's to mend, with a hint", async () => {
  await using served = await wire();
  await rejects(wire({ at: served.server.at }), (error) => {
    ok(error instanceof UserError);
    match(error.message, /^Cannot listen on 127\.0\.0\.1:\d+: .*EADDRINUSE/);
    match(error.hint!, /STAKPAK_MCP_PORT/);
    return true;
  });
  await rejects(wire({ at: { socketPath: "/nowhere/mcp.sock" } }), (error) => {
    ok(error instanceof UserError);
    match(error.message, /^Cannot listen on \/nowhere\/mcp\.sock: /);
    match(error.hint!, /STAKPAK_MCP_SOCKET/);
    return true;
  });
});

test("addressText() is an address as people write it", () => {
  equal(addressText({ hostname: "127.0.0.1", port: 8080 }), "127.0.0.1:8080");
  equal(addressText({ socketPath: "/run/mcp.sock" }), "/run/mcp.sock");
});
