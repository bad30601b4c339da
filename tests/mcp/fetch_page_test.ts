import assert from "node:assert/strict";
import { isPublicAddress } from "../../src/domain/address_class.ts";
import { fetchPage } from "../../src/mcp/fetch_page.ts";
import { test } from "../sanitized.ts";
import { connectProxy, type TlsServer, tlsServer } from "./web_stage.ts";

const signal = new AbortController().signal;

function options(server: TlsServer) {
  return { signal, trusted: server.trusted, mayReach: () => true };
}

function at(server: TlsServer, path: string): string {
  return `https://localhost:${server.port}${path}`;
}

const redirectTo = (location: string) => new Response(null, { status: 302, headers: { location } });
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test("fetchPage() gives the page, and says who asks", async () => {
  await using server = await tlsServer((request) => {
    const { search } = new URL(request.url);
    return new Response(`${search} ${request.headers.get("user-agent")}`);
  });
  const page = await fetchPage(at(server, "/a?b=c#d"), options(server));
  assert.equal(text(page.body), "?b=c Mozilla/5.0 (compatible; StakPak-MCP-Bot/1.0)");
  assert.equal(page.contentType, "text/plain;charset=UTF-8");
});

test("fetchPage() reads an answer in pieces", async () => {
  const pieces = ["one ", "two ", "three"].map((piece) => new TextEncoder().encode(piece));
  await using server = await tlsServer(() => new Response(ReadableStream.from(pieces)));
  assert.equal(text((await fetchPage(at(server, "/"), options(server))).body), "one two three");
});

test("fetchPage() goes through the proxy for every request", async () => {
  await using server = await tlsServer((request) =>
    new URL(request.url).pathname === "/" ? redirectTo("/there") : new Response("there")
  );
  await using proxy = connectProxy({ port: server.port });
  const via = { signal, trusted: server.trusted, proxy: { hostname: "127.0.0.1", port: proxy.port } };
  const page = await fetchPage("https://localhost/", via);
  assert.deepEqual([page.url, text(page.body)], ["https://localhost/there", "there"]);
  assert.deepEqual(proxy.heads.map((head) => head.split("\r\n")[0]), [
    "CONNECT localhost:443 HTTP/1.1",
    "CONNECT localhost:443 HTTP/1.1",
  ]);
});

test("fetchPage() follows ten redirects and no more", async () => {
  await using server = await tlsServer((request) => {
    const left = Number(new URL(request.url).pathname.slice(1));
    return left === 0 ? new Response("end") : redirectTo(`/${left - 1}`);
  });
  assert.equal(text((await fetchPage(at(server, "/10"), options(server))).body), "end");
  await assert.rejects(fetchPage(at(server, "/11"), options(server)), {
    code: "FAILED_TO_FETCH_WEB_PAGE",
    message: "more than 10 redirects",
  });
});

test("fetchPage() judges the address of every redirect", async () => {
  await using inner = await tlsServer(() => new Response("secret"));
  for (const host of ["localhost", "127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]", "169.254.169.254", "[::1]"]) {
    await using server = await tlsServer(() => redirectTo(`https://${host}:${inner.port}/`));
    let asked = 0;
    // The first server is looked up and connected to as if it were public.
    const mayReach = (address: string) => asked++ < 2 || isPublicAddress(address);
    await assert.rejects(fetchPage(at(server, "/"), { ...options(server), mayReach }), {
      code: "FORBIDDEN_ADDRESS",
    }, host);
    assert.deepEqual(server.asked, ["GET /"]);
  }
  assert.deepEqual(inner.asked, []);
});

test("fetchPage() takes HTTPS alone, at the start and at every redirect", async () => {
  await using server = await tlsServer(() => redirectTo("http://localhost/"));
  const cases: [string, string, RegExp][] = [
    ["http://example.com/", "INSECURE_URL", /^it is http, must be https$/],
    ["file:///etc/passwd", "INVALID_URL", /^it is no URL$/],
    ["example.com", "INVALID_URL", /^it is no URL$/],
    ["https://ada:secret@example.com/", "INVALID_URL", /^it has a user name or a password, must have none$/],
    [at(server, "/"), "INSECURE_URL", /^it is redirected to http, must be https$/],
  ];
  for (const [url, code, message] of cases) {
    await assert.rejects(fetchPage(url, options(server)), { code, message });
  }
});

test("fetchPage() says what the server answers when that is no page", async () => {
  await using server = await tlsServer((request) =>
    new Response("x".repeat(2_000), {
      status: request.url.endsWith("/gone") ? 410 : 200,
      headers: request.url.endsWith("/packed") ? { "content-encoding": "br" } : {},
    })
  );
  await assert.rejects(fetchPage(at(server, "/gone"), options(server)), {
    code: "HTTP_ERROR",
    message: "the server answers 410",
  });
  await assert.rejects(fetchPage(at(server, "/packed"), options(server)), { code: "RESPONSE_READ_ERROR" });
});

test("fetchPage() bounds the size, also of an answer that does not end", async () => {
  const endless = () =>
    new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(new Uint8Array(10_000)) });
  await using server = await tlsServer(() => new Response(endless()));
  await assert.rejects(fetchPage(at(server, "/"), { ...options(server), maxBytes: 100_000 }), {
    code: "RESPONSE_READ_ERROR",
    message: "it is longer than 100000 bytes",
  });
});

test("fetchPage() bounds the time, and stops when its signal aborts", async () => {
  const silent = () =>
    new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
  await using server = await tlsServer(() => new Response(silent()));
  await assert.rejects(fetchPage(at(server, "/"), { ...options(server), timeoutMs: 100 }), {
    code: "FAILED_TO_FETCH_WEB_PAGE",
    message: "no answer after 0.1 seconds",
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("enough")), 50);
  await assert.rejects(fetchPage(at(server, "/"), { ...options(server), signal: stop.signal }), {
    message: "enough",
  });
});
