import { equal } from "node:assert/strict";
import { namesThisMachine } from "../../src/mcp/local_names.ts";
import { test } from "../sanitized.ts";

test("namesThisMachine() takes the names of this machine, with and without port", () => {
  for (const host of ["localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:65535"]) {
    equal(namesThisMachine({ host }), true, host);
    equal(namesThisMachine({ host, origin: `http://${host}` }), true, host);
    equal(namesThisMachine({ host, origin: `https://${host}` }), true, host);
  }
});

test("namesThisMachine() refuses every other name, near misses and none at all", () => {
  const others = [
    "",
    "evil.example",
    "localhost.evil.example",
    "evil.example:8080",
    "127.0.0.1.evil.example",
  ];
  for (
    const host of [...others, "localhost:80@evil.example", "localhost:", "x localhost", "0.0.0.0", undefined]
  ) {
    equal(namesThisMachine({ host }), false, String(host));
  }
  for (
    const origin of [...others.map((name) => `http://${name}`), "null", "ftp://localhost", "localhost/../x"]
  ) {
    equal(namesThisMachine({ host: "localhost", origin }), false, origin);
  }
});
