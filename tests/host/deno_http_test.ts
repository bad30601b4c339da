import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { getJson } from "../../src/host/deno_http.ts";
import { test } from "../sanitized.ts";

async function serving(body: string, status = 200) {
  const server = createServer((_, response) => response.writeHead(status, { connection: "close" }).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

const soon = () => AbortSignal.timeout(5_000);

test("getJson() answers status and parsed body", async () => {
  await using server = await serving('{"service":"stakpak"}', 503);
  assert.deepEqual(await getJson(server.url, soon()), { status: 503, body: { service: "stakpak" } });
});

test("getJson() answers an undefined body for what is not JSON", async () => {
  await using server = await serving("<html>");
  assert.deepEqual(await getJson(server.url, soon()), { status: 200, body: undefined });
});

test("getJson() stops reading a body without end", async () => {
  await using server = await serving("x".repeat(1_000_000));
  assert.equal((await getJson(server.url, soon()))?.body, undefined);
});

test("getJson() reaches an IPv6 address", async () => {
  const server = createServer((_, response) => response.writeHead(200, { connection: "close" }).end("{}"));
  await new Promise<void>((resolve) => server.listen(0, "::1", resolve));
  assert.equal(
    (await getJson(`http://[::1]:${(server.address() as AddressInfo).port}/`, soon()))?.status,
    200,
  );
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

test("getJson() does not ask the proxy of the environment", async () => {
  await using server = await serving("{}");
  Deno.env.set("HTTP_PROXY", "http://127.0.0.1:9");
  try {
    assert.equal((await getJson(server.url, soon()))?.status, 200);
  } finally {
    Deno.env.delete("HTTP_PROXY");
  }
});

test("getJson() rejects with the signal's reason", async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = new AbortController();
  server.on("connection", () => stop.abort(new Error("deadline")));
  await assert.rejects(getJson(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop.signal), {
    message: "deadline",
  });
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});
