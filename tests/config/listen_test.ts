import assert from "node:assert/strict";
import { isLoopback, listenText, loopbackUrl, parseListen } from "../../src/config/listen.ts";
import { test } from "../sanitized.ts";

test("parseListen() reads HOST:PORT, and writes it as it was", () => {
  const cases: [string, string, number][] = [
    ["127.0.0.1:4096", "127.0.0.1", 4096],
    ["localhost:1", "localhost", 1],
    ["[::1]:65535", "::1", 65_535],
    ["my-host.example:80", "my-host.example", 80],
  ];
  for (const [text, hostname, port] of cases) {
    const address = parseListen(text);
    assert.deepEqual(address, { hostname, port });
    assert.equal(listenText(address!), text);
  }
});

test("parseListen() refuses anything else", () => {
  for (
    const text of [
      "",
      "4096",
      ":4096",
      "a:0",
      "a:65536",
      "::1:80",
      "[::1]",
      "http://a:80",
      "a:80/x",
      "a b:80",
    ]
  ) {
    assert.equal(parseListen(text), undefined, text);
  }
});

test("loopbackUrl() asks an unspecified address on loopback", () => {
  const cases: [string, string][] = [
    ["0.0.0.0:80", "http://127.0.0.1:80"],
    ["[::]:80", "http://[::1]:80"],
    ["[::1]:80", "http://[::1]:80"],
    ["host:80", "http://host:80"],
  ];
  for (const [text, url] of cases) assert.equal(loopbackUrl(parseListen(text)!), url);
});

test("isLoopback() is true only where nobody else can connect", () => {
  const asked = (text: string) => isLoopback(parseListen(text)!);
  for (const text of ["127.0.0.1:1", "127.9.9.9:1", "localhost:1", "[::1]:1"]) {
    assert.equal(asked(text), true, text);
  }
  for (const text of ["0.0.0.0:1", "[::]:1", "10.0.0.1:1", "127.example:1", "localhost.example:1"]) {
    assert.equal(asked(text), false, text);
  }
});
