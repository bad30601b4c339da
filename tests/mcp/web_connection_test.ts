import assert from "node:assert/strict";
import { connectTls } from "../../src/mcp/web_connection.ts";
import { test } from "../sanitized.ts";
import { connectProxy, tlsServer } from "./web_stage.ts";

const never = new AbortController().signal;
const anywhere = () => true;

/** A listener that takes a connection for a fault. */
function untouched() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  let touched = 0;
  const accepting = (async () => {
    for await (const conn of listener) {
      touched++;
      conn.close();
    }
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await accepting;
      assert.equal(touched, 0, "somebody connected");
    },
  };
}

test("connectTls() connects to a server whose certificate is for its name", async () => {
  await using server = await tlsServer(() => new Response());
  const route = { mayReach: anywhere, trusted: server.trusted };
  for (const hostname of ["localhost", "127.0.0.1"]) {
    const socket = await connectTls({ hostname, port: server.port }, route, never);
    assert.equal(socket.authorized, true);
    socket.destroy();
  }
});

test("connectTls() does not even knock at an address that is not public, by name or by number", async () => {
  await using stage = untouched();
  for (const hostname of ["localhost", "127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
    await assert.rejects(connectTls({ hostname, port: stage.port }, {}, never), {
      code: "FORBIDDEN_ADDRESS",
      message: /^it leads to .*, which is no public address$/,
    });
  }
  await assert.rejects(connectTls({ hostname: "169.254.169.254", port: 80 }, {}, never), {
    code: "FORBIDDEN_ADDRESS",
  });
});

test("connectTls() judges what it is connected to, whatever the name said before", async () => {
  await using server = await tlsServer(() => new Response());
  let asked = 0;
  // As a name that leads elsewhere at the second look.
  const route = { mayReach: () => asked++ === 0, trusted: server.trusted };
  await assert.rejects(connectTls({ hostname: "localhost", port: server.port }, route, never), {
    code: "FORBIDDEN_ADDRESS",
    message: "it leads to 127.0.0.1, which is no public address",
  });
  assert.equal(asked, 2);
});

test("connectTls() leaves the judging to the proxy where there is one", async () => {
  await using server = await tlsServer(() => new Response());
  await using proxy = connectProxy({ port: server.port });
  const route = { proxy: { hostname: "127.0.0.1", port: proxy.port }, trusted: server.trusted };
  const socket = await connectTls({ hostname: "localhost", port: 4430 }, route, never);
  assert.equal(socket.authorized, true);
  socket.destroy();
  assert.deepEqual(proxy.heads, ["CONNECT localhost:4430 HTTP/1.1\r\nHost: localhost:4430\r\n\r\n"]);
});

test("connectTls() refuses a certificate of nobody it trusts, or of another name", async () => {
  await using server = await tlsServer(() => new Response());
  const strange = connectTls({ hostname: "localhost", port: server.port }, { mayReach: anywhere }, never);
  await assert.rejects(strange, { code: "FAILED_TO_FETCH_WEB_PAGE" });
  await using proxy = connectProxy({ port: server.port });
  const route = { proxy: { hostname: "127.0.0.1", port: proxy.port }, trusted: server.trusted };
  await assert.rejects(connectTls({ hostname: "other.test", port: 443 }, route, never), {
    code: "FAILED_TO_FETCH_WEB_PAGE",
  });
});

test("connectTls() says when nobody listens or nobody has the name", async () => {
  const refused = connectTls({ hostname: "localhost", port: 9 }, { mayReach: anywhere }, never);
  await assert.rejects(refused, { code: "FAILED_TO_FETCH_WEB_PAGE", message: /refused/i });
  await assert.rejects(connectTls({ hostname: "nobody.invalid", port: 443 }, {}, never), {
    code: "FAILED_TO_FETCH_WEB_PAGE",
  });
});

test("connectTls() stops when its signal aborts, in the middle of a handshake too", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const stop = new AbortController();
  const connecting = connectTls(
    { hostname: "localhost", port: listener.addr.port },
    { mayReach: anywhere },
    stop.signal,
  );
  using _silent = await listener.accept();
  stop.abort(new Error("enough"));
  await assert.rejects(connecting, { message: "enough" });
  await assert.rejects(connectTls({ hostname: "localhost", port: 9 }, {}, stop.signal), {
    message: "enough",
  });
});
