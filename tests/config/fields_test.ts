import assert from "node:assert/strict";
import type * as z from "zod";
import * as fields from "../../src/config/fields.ts";
import { test } from "../sanitized.ts";

function takes(schema: z.ZodType, values: readonly unknown[]): void {
  for (const value of values) {
    assert.ok(schema.safeParse(value).success, `${JSON.stringify(value)}`.slice(0, 60));
  }
}

function refuses(schema: z.ZodType, values: readonly unknown[], wanted: RegExp): void {
  for (const value of values) {
    const issues = schema.safeParse(value).error?.issues ?? [];
    assert.ok(issues.some(({ message }) => wanted.test(message)), `${JSON.stringify(value)}`.slice(0, 60));
  }
}

test("texts and paths are not blank, and paths have no control characters", () => {
  takes(fields.text, ["x", " x "]);
  refuses(fields.text, ["", "  ", "\n"], /must not be blank/);
  takes(fields.path, ["/a b/ü", "~/x"]);
  refuses(fields.path, ["a\nb", "\u001b[31m", "\u0000"], /without control characters/);
});

test("whole() keeps to its bounds", () => {
  takes(fields.whole(1, 3), [1, 3]);
  refuses(fields.whole(1, 3), [0, 4, 1.5], /must be a whole number from 1 to 3/);
});

test("turns are 1 to 256, and a system prompt has at most 32,768 characters, not bytes", () => {
  takes(fields.turns, [1, 256]);
  refuses(fields.turns, [0, 257, 2.5], /must be 1 to 256/);
  takes(fields.systemPrompt, ["🙂".repeat(32_768)]);
  refuses(fields.systemPrompt, ["x".repeat(32_769)], /must be at most 32768 characters/);
});

test("durations become milliseconds, ids become texts", () => {
  assert.equal(fields.duration.parse("2h 30m"), 9_000_000);
  refuses(fields.duration, ["30"], /must be a duration such as/);
  assert.deepEqual(fields.ids.parse([123, "U1"]), ["123", "U1"]);
  assert.equal(fields.ids.safeParse([1.5]).success, false);
});

test("crons, zones, addresses and lists of names are judged when read", () => {
  takes(fields.cron, ["*/5 * * * *"]);
  refuses(fields.cron, ["* * * *"], /has 4 fields/);
  takes(fields.zone, ["Europe/Berlin"]);
  refuses(fields.zone, ["Berlin"], /must be an IANA time zone/);
  takes(fields.listen, ["127.0.0.1:1"]);
  refuses(fields.listen, ["1"], /must be HOST:PORT/);
  takes(fields.httpUrl, ["https://a.example/x", "http://127.0.0.1:1"]);
  refuses(fields.httpUrl, ["ftp://a", "a.example", ""], /must be an address/);
  takes(fields.names, [[], ["a"]]);
  refuses(fields.names, [[""]], /must not be blank/);
});

test("sizes, egress rules and container users are what docker and the proxy take", () => {
  takes(fields.memorySize, ["1g", "512m", "1024", "2G"]);
  refuses(fields.memorySize, ["0", "1.5g", "1gb", "-1"], /must be a size/);
  takes(fields.egressRule, [
    "github.com:443",
    "*.example.org:443",
    "10.1.0.0/16:5432",
    "[fd00::1]:80",
    "[fd00::]/128:80",
  ]);
  refuses(
    fields.egressRule,
    ["github.com", "https://a:443", "*:443x", "a b:1"],
    /must (be HOST:PORT|have a )/,
  );
  refuses(fields.egressRule, ["[fd00::]/8:80"], /must name one IPv6 address/);
  takes(fields.containerUser, ["1000", "1000:1000"]);
  refuses(fields.containerUser, ["0", "root", "0:0", "1000:0", "1:2:3"], /must be UID:GID/);
});
