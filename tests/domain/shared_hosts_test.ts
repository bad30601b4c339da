import { equal, match } from "node:assert/strict";
import { parseEgressRule } from "../../src/domain/egress_rule.ts";
import { opensTooMuch } from "../../src/domain/shared_hosts.ts";
import { test } from "../sanitized.ts";

function judged(text: string): string | undefined {
  const rule = parseEgressRule(text);
  if (typeof rule === "string") throw new Error(rule);
  return opensTooMuch(rule);
}

test("a wildcard where anybody can have a name opens too much", () => {
  const clouds = [
    "*.amazonaws.com",
    "*.blob.core.windows.net",
    "*.googleapis.com",
    "*.github.io",
    "*.windows.net",
  ];
  for (const name of [...clouds, "*.s3.eu-west-1.amazonaws.com", "*.azure.com", "*.workers.dev"]) {
    match(judged(`${name}:443`) ?? "nothing", /^covers names that anybody can have below /, name);
  }
  equal(judged("*.com:443"), "covers every name in .com");
  equal(judged("0.0.0.0/0:443"), "covers 4294967296 addresses");
});

test("a name, a wildcard of one owner, and a network that is meant do not", () => {
  const names = ["github.io:443", "*.example.org:443", "*.mine.github.io:443", "bucket.s3.amazonaws.com:443"];
  for (const text of [...names, "10.0.0.0/8:22", "10.1.2.3:22", "[fd12::1]:22"]) {
    equal(judged(text), undefined, text);
  }
});
