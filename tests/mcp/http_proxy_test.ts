import assert from "node:assert/strict";
import net from "node:net";
import { openTunnel, parseProxy } from "../../src/mcp/http_proxy.ts";
import { test } from "../sanitized.ts";
import { connectProxy } from "./web_stage.ts";

test("parseProxy() takes what people write", () => {
  assert.deepEqual(parseProxy("http://127.0.0.1:3128"), { hostname: "127.0.0.1", port: 3128 });
  assert.deepEqual(parseProxy("proxy:8080/"), { hostname: "proxy", port: 8080 });
  assert.deepEqual(parseProxy("http://[::1]"), { hostname: "::1", port: 80 });
  assert.equal(parseProxy("http://100%@proxy").authorization, `Basic ${btoa("100%:")}`);
  assert.deepEqual(parseProxy("http://ada:p%40ss@proxy:1"), {
    hostname: "proxy",
    port: 1,
    authorization: `Basic ${btoa("ada:p@ss")}`,
  });
});

test("parseProxy() refuses others, and does not repeat what may hold a password", () => {
  for (const written of ["https://ada:secret@proxy", "socks5://proxy", "http://"]) {
    assert.throws(() => parseProxy(written), {
      code: "HTTP_CLIENT_ERROR",
      message: "HTTPS_PROXY names no proxy, must be http://HOST:PORT",
    });
  }
});

test("openTunnel() names the target, and the account where there is one", async () => {
  await using proxy = connectProxy({});
  const socket = net.connect({ host: "127.0.0.1", port: proxy.port });
  const at = { hostname: "127.0.0.1", port: proxy.port, authorization: "Basic eA==" };
  await openTunnel(socket, "example.com:443", at);
  socket.destroy();
  assert.deepEqual(proxy.heads, [
    "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\nProxy-Authorization: Basic eA==\r\n\r\n",
  ]);
});

test("openTunnel() fails when the proxy refuses, says nothing to the point, too much, or goes away", async () => {
  const cases: [string, RegExp][] = [
    ["HTTP/1.1 403 Forbidden\r\n\r\nnot allowed", /answers 403 for example.com:443/],
    ["SSH-2.0-OpenSSH\r\n\r\n", /does not speak HTTP/],
    ["x".repeat(20_000), /too long/],
    ["HTTP/1.1 200 OK\r\n", /closed the connection/],
  ];
  for (const [refusal, message] of cases) {
    await using proxy = connectProxy({ refusal });
    const socket = net.connect({ host: "127.0.0.1", port: proxy.port });
    const tunnel = openTunnel(socket, "example.com:443", { hostname: "127.0.0.1", port: proxy.port });
    await assert.rejects(tunnel, message);
    socket.destroy();
  }
});
