import { deepEqual, equal, match } from "node:assert/strict";
import fc from "fast-check";
import { hostAndPort, parseProxyRequest } from "../../src/warden/proxy_request.ts";
import { test } from "../sanitized.ts";

const head = (...lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;

test("CONNECT names a host and port, its other fields say nothing", () => {
  const ask = (target: string) =>
    parseProxyRequest(head(`CONNECT ${target} HTTP/1.1`, "Host: other.example:1"));
  deepEqual(ask("GitHub.com:443"), { kind: "tunnel", host: "github.com", port: 443 });
  deepEqual(ask("github.com.:443"), { kind: "tunnel", host: "github.com", port: 443 });
  deepEqual(ask("[2001:DB8::1]:443"), { kind: "tunnel", host: "2001:db8::1", port: 443 });
  deepEqual(ask("10.1.2.3:5432"), { kind: "tunnel", host: "10.1.2.3", port: 5432 });
  const wrong = [
    "github.com",
    ":443",
    "github.com:0",
    "github.com:65536",
    "a@b:1",
    "[github.com]:443",
    "127.1:80",
  ];
  for (
    const target of [...wrong, "0x7f000001:80", "2130706433:80", "2001:db8::1:443", "[10.0.0.1]:80", "..:80"]
  ) {
    equal(ask(target), "CONNECT must name HOST:PORT", target);
  }
});

test("a plain request goes on to the host of its address, whatever its Host field says", () => {
  const request = parseProxyRequest(head(
    "POST http://API.example.org:8080/a?b=c HTTP/1.1",
    "Host: evil.example",
    "Content-Length: 5",
    "X-Own:  kept  ",
    "Proxy-Authorization: Basic eDp5",
    "Connection: keep-alive, X-Hop",
    "X-Hop: gone",
    "Upgrade: websocket",
  ));
  deepEqual(request, {
    kind: "request",
    host: "api.example.org",
    port: 8080,
    body: { kind: "length", bytes: 5 },
    head: head(
      "POST /a?b=c HTTP/1.1",
      "Host: api.example.org:8080",
      "X-Own: kept",
      "Content-Length: 5",
      "Connection: close",
    ),
  });
});

test("an address without a path or a port asks for / at port 80", () => {
  const request = parseProxyRequest(head("GET http://example.org HTTP/1.0"));
  equal(
    typeof request === "object" && request.kind === "request" ? request.head : request,
    head("GET / HTTP/1.1", "Host: example.org", "Connection: close"),
  );
  const asked = parseProxyRequest(head("GET http://[::1]:81?x HTTP/1.1"));
  match(JSON.stringify(asked), /GET \/\?x HTTP\/1\.1\\r\\nHost: \[::1\]:81\\r\\n/);
});

test("what two programs could read differently is refused", () => {
  const get = "GET http://example.org/ HTTP/1.1";
  const wrong: Readonly<Record<string, readonly string[]>> = {
    "both lengths": [get, "Content-Length: 5", "Transfer-Encoding: chunked"],
    "two lengths": [get, "Content-Length: 5", "content-length: 5"],
    "a signed length": [get, "Content-Length: +5"],
    "a list of lengths": [get, "Content-Length: 5, 5"],
    "another coding": [get, "Transfer-Encoding: gzip, chunked"],
    "an unknown coding": [get, "Transfer-Encoding: xchunked"],
    "chunks in HTTP/1.0": ["GET http://example.org/ HTTP/1.0", "Transfer-Encoding: chunked"],
    "a blank before the colon": [get, "Content-Length : 5"],
    "a folded line": [get, "X-A: 1", " Content-Length: 5"],
    "a bare line feed": [get, "X-A: 1\nContent-Length: 5"],
    "a bare carriage return": [get, "X-A: 1\rContent-Length: 5"],
    "a zero byte": [get, "X-A: 1\0"],
    "no name": [get, ": 5"],
    "no colon": [get, "Content-Length"],
    "too many fields": [get, ...Array.from({ length: 101 }, (_, index) => `X-${index}: 1`)],
    "our own path": ["GET / HTTP/1.1", "Host: example.org"],
    "https in the open": ["GET https://example.org/ HTTP/1.1"],
    "an account": ["GET http://github.com@evil.example/ HTTP/1.1"],
    "a backslash": ["GET http://github.com\\@evil.example/ HTTP/1.1"],
    "two blanks": ["GET  http://example.org/ HTTP/1.1"],
    "another protocol": ["GET http://example.org/ HTTP/2.0"],
    "no line": [""],
  };
  for (const [name, lines] of Object.entries(wrong)) {
    equal(typeof parseProxyRequest(head(...lines)), "string", name);
  }
});

test("whatever comes, what goes on has one end, one host, and no line of its own making", () => {
  const field = fc.oneof(
    fc.constantFrom(
      "Content-Length: 3",
      "Transfer-Encoding: chunked",
      "Host: evil.example",
      "Connection: close, host",
    ),
    fc.string({ unit: "binary-ascii", maxLength: 40 }),
  );
  fc.assert(fc.property(fc.array(field, { maxLength: 6 }), fc.webPath(), (fields, path) => {
    const request = parseProxyRequest(head(`GET http://example.org${path} HTTP/1.1`, ...fields));
    if (typeof request === "string" || request.kind === "tunnel") return;
    const lines = request.head.slice(0, -4).split("\r\n");
    equal(lines.filter((line) => /^host:/i.test(line)).join(), "Host: example.org");
    equal(lines.filter((line) => /^(content-length|transfer-encoding):/i.test(line)).length <= 1, true);
    equal(lines.length <= fields.join("\r\n").split("\r\n").length + 3, true);
    equal(/[\r\n]/.test(lines.join("")), false);
  }));
});

test("hostAndPort() puts IPv6 addresses in brackets", () => {
  equal(hostAndPort({ host: "::1", port: 80 }), "[::1]:80");
  equal(hostAndPort({ host: "example.org", port: 443 }), "example.org:443");
});
