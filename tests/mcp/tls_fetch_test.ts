import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { IncomingMessage, ServerResponse } from "node:http";
import net from "node:net";
import { NotSent } from "../../src/mcp/tls_fetch.ts";
import { test } from "../sanitized.ts";
import { wire } from "./wire.ts";

const HERE = "https://localhost";

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += chunk;
  return text;
}

test("fetch() sends method, path, headers and body, and gives what came back", async () => {
  await using served = await wire({
    handle: async (request: IncomingMessage, response: ServerResponse) => {
      const said = {
        method: request.method,
        url: request.url,
        host: request.headers.host,
        body: await textOf(request),
      };
      response.writeHead(202, { "x-answer": "yes", "set-cookie": ["a=1", "b=2"] }).end(JSON.stringify(said));
    },
  });
  using client = served.client();
  const answer = await client.fetch("https://elsewhere.example/mcp?x=1", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "häh",
  });
  deepEqual(await answer.json(), { method: "POST", url: "/mcp?x=1", host: "localhost", body: "häh" });
  equal(answer.status, 202);
  equal(answer.headers.get("x-answer"), "yes");
  deepEqual(answer.headers.getSetCookie(), ["a=1", "b=2"]);
});

test("fetch() keeps one connection for one request after the other", async () => {
  const sockets = new Set<unknown>();
  await using served = await wire({
    handle(request, response) {
      sockets.add(request.socket);
      response.end();
    },
  });
  using client = served.client();
  for (let i = 0; i < 5; i++) await (await client.fetch(HERE)).text();
  equal(sockets.size, 1);
});

test("fetch() does not follow a redirect, and has no body where HTTP has none", async () => {
  await using served = await wire({
    handle(request, response) {
      if (request.url === "/empty") response.writeHead(204).end();
      else response.writeHead(307, { location: "https://elsewhere.example/" }).end();
    },
  });
  using client = served.client();
  equal((await client.fetch(`${HERE}/`)).status, 307);
  equal((await client.fetch(`${HERE}/empty`)).body, null);
});

test("fetch() says NotSent while nobody listens", async () => {
  await using served = await wire();
  await served.server.close();
  using client = served.client();
  await rejects(
    client.fetch(HERE),
    (error) => error instanceof NotSent && /ECONNREFUSED/.test(error.message),
  );
});

test("fetch() gives up on whatever accepts connections and says nothing", async () => {
  await using served = await wire();
  const silent = net.createServer((socket) => socket.on("error", () => {}).resume());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as net.AddressInfo;
  using client = served.client({ at: { hostname: "127.0.0.1", port }, connectMs: 100 });
  await rejects(
    client.fetch(HERE),
    (error) => error instanceof NotSent && /no connection after 100 ms/.test(error.message),
  );
  await new Promise<void>((resolve) => silent.close(() => resolve()));
});

test("fetch() writes nothing but a ClientHello to whatever stands in the place of the server", async () => {
  await using served = await wire();
  const { promise: heard, resolve } = Promise.withResolvers<Uint8Array>();
  const stranger = net.createServer((socket) =>
    socket.on("error", () => {}).once("data", (data) => {
      resolve(data);
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    })
  );
  await new Promise<void>((done) => stranger.listen(0, "127.0.0.1", done));
  const { port } = stranger.address() as net.AddressInfo;
  using client = served.client({ at: { hostname: "127.0.0.1", port } });
  const asked = client.fetch(HERE, { method: "POST", body: "the secret of the box" });
  await rejects(asked, NotSent);
  const bytes = await heard;
  // A TLS record that holds a handshake message, the ClientHello.
  deepEqual([bytes[0], bytes[5]], [22, 1]);
  await new Promise<void>((done) => stranger.close(() => done()));
});

test("fetch() rejects with the signal's reason, before the request, before the answer and in the middle of it", async () => {
  const asked: ServerResponse[] = [];
  const arrived = Promise.withResolvers<void>();
  await using served = await wire({
    handle(request, response) {
      if (request.url === "/half") response.write("half");
      asked.push(response);
      arrived.resolve();
    },
  });
  using client = served.client();
  const reason = new Error("enough");
  await rejects(client.fetch(HERE, { signal: AbortSignal.abort(reason) }), reason);
  equal(asked.length, 0);
  const waiting = new AbortController();
  const answer = client.fetch(HERE, { signal: waiting.signal });
  await arrived.promise;
  waiting.abort(reason);
  await rejects(answer, reason);
  const reading = new AbortController();
  const body = (await client.fetch(`${HERE}/half`, { signal: reading.signal })).text();
  reading.abort(reason);
  await rejects(body);
});

test("aborting when an answer is just at its end harms nobody", async () => {
  const streams: ServerResponse[] = [];
  await using served = await wire({
    handle(request, response) {
      if (request.url === "/stream") response.flushHeaders();
      else streams.splice(0).concat(response).forEach((one) => one.end());
      if (request.url === "/stream") streams.push(response);
    },
  });
  using client = served.client();
  const ending = new AbortController();
  const stream = await client.fetch(`${HERE}/stream`, { signal: ending.signal });
  const read = stream.text();
  await (await client.fetch(`${HERE}/end`)).body?.cancel();
  ending.abort();
  equal(await read.catch(() => ""), "");
});

test("an answer that breaks off is an error, never a shorter answer", async () => {
  await using served = await wire({
    handle(_request, response) {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    },
  });
  using client = served.client();
  await rejects((await client.fetch(HERE)).text());
});

test("an answer without end is cut off at 64 MiB, whether somebody reads it or not", async () => {
  const { promise: cut, resolve } = Promise.withResolvers<void>();
  await using served = await wire({
    handle(_request, response) {
      const chunk = new Uint8Array(1024 * 1024);
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      };
      response.on("drain", more).on("close", resolve);
      more();
    },
  });
  using client = served.client();
  const unread = await client.fetch(HERE);
  await cut;
  await rejects(unread.text(), /longer than 67108864 bytes/);
  let bytes = 0;
  const reading = (async () => {
    for await (const chunk of (await client.fetch(HERE)).body!) bytes += chunk.length;
  })();
  await rejects(reading, /longer than 67108864 bytes/);
  ok(bytes <= 64 * 1024 * 1024);
});

test("fetch() takes a text for a body and nothing else", async () => {
  await using served = await wire();
  using client = served.client();
  await rejects(client.fetch(HERE, { method: "POST", body: new FormData() }), /its body is not a text/);
});

test("disposing ends what is under way", async () => {
  const arrived = Promise.withResolvers<void>();
  await using served = await wire({ handle: () => arrived.resolve() });
  const client = served.client();
  const answer = client.fetch(HERE);
  await arrived.promise;
  client[Symbol.dispose]();
  await rejects(answer, /hang up|closed|aborted/);
});
