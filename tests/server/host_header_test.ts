import { equal } from "node:assert/strict";
import { fromHere, namesServer } from "../../src/server/host_header.ts";
import { test } from "../sanitized.ts";

test("this machine's own names and those that are listed are the server's, with any port", () => {
  for (const host of ["localhost", "LOCALHOST:4096", "127.0.0.1:1", "127.1.2.3", "[::1]:4096", "[::1]"]) {
    equal(namesServer(host, []), true, host);
  }
  for (const host of ["10.0.0.5:4096", "[fe80::1]:80", "ops.example.com"]) {
    equal(namesServer(host, []), false, host);
    equal(namesServer(host, ["10.0.0.5", "FE80::1", "Ops.example.com"]), true, host);
  }
});

test("no other text names it", () => {
  for (
    const host of [
      undefined,
      "",
      "evil.example",
      "localhost.evil.example",
      "evil.example:127.0.0.1",
      "127.0.0.1.evil.example",
      "127.0.0.1@evil.example",
      "localhost:4096:1",
      "local host",
      "[::1",
      "0.0.0.0",
    ]
  ) equal(namesServer(host, ["10.0.0.5"]), false, host);
});

test("a page of the server itself may ask it, and so may what is no page", () => {
  const host = "localhost:4096";
  equal(fromHere({ host, origin: undefined, site: undefined }), true);
  equal(fromHere({ host, origin: undefined, site: "none" }), true);
  equal(fromHere({ host, origin: "http://localhost:4096", site: "same-origin" }), true);
  equal(fromHere({ host: "ops.example.com", origin: "https://ops.example.com", site: undefined }), true);
  equal(fromHere({ host: "localhost:80", origin: "http://localhost", site: undefined }), true);
});

test("pages from elsewhere may not, another port of this machine included", () => {
  const host = "localhost:4096";
  for (
    const origin of [
      "http://localhost:3000",
      "http://127.0.0.1:4096",
      "https://evil.example",
      "null",
      "",
      "file://localhost:4096",
      "http://localhost:4096.evil.example",
    ]
  ) equal(fromHere({ host, origin, site: undefined }), false, origin);
  for (const site of ["cross-site", "same-site", "x"]) {
    equal(fromHere({ host, origin: undefined, site }), false, site);
  }
});
