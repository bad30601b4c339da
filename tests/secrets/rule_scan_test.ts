import { deepEqual } from "node:assert/strict";
import { ruleScan } from "../../src/secrets/rule_scan.ts";
import type { SecretRule } from "../../src/secrets/secret_rule.ts";
import { test } from "../sanitized.ts";

function rule(
  id: string,
  anchors: string[],
  pattern: RegExp,
  accepts?: (secret: string) => boolean,
): SecretRule {
  return { id, anchors, pattern, provider: "any", source: "", example: "", ...(accepts ? { accepts } : {}) };
}

test("ruleScan() tries a pattern only where its anchor stands, and takes the group named secret", () => {
  const scan = ruleScan([rule("a", ["key="], /key=(?<secret>\d+)/y)]);
  deepEqual(scan("x key=12 key=x 34"), [{ rule: "a", start: 6, end: 8 }]);
});

test("ruleScan() adds what a lookbehind names before", () => {
  const scan = ruleScan([rule("a", ["-us"], /(?<=(?<before>[0-9a-f]{4}))-us\d/y)]);
  deepEqual(scan("x beef-us1 -us2"), [{ rule: "a", start: 2, end: 10 }]);
});

test("ruleScan() takes the longest match at an anchor, then the earlier rule", () => {
  const scan = ruleScan([
    rule("short", ["sk-"], /sk-\w{3}/y),
    rule("long", ["sk-a"], /sk-\w+/y),
    rule("late", ["sk-"], /sk-\w+/y),
  ]);
  deepEqual(scan("sk-abcdef"), [{ rule: "long", start: 0, end: 9 }]);
});

test("ruleScan() leaves what the rule does not accept, and looks on behind it", () => {
  const scan = ruleScan([rule("a", ["t="], /t=(?<secret>\S+)/y, (secret) => /^\d/.test(secret))]);
  deepEqual(scan("t=word t=1word"), [{ rule: "a", start: 9, end: 14 }]);
});

test("ruleScan() follows a long token past the limit of its pattern", () => {
  const scan = ruleScan([rule("a", ["t="], /t=(?<secret>\w{8,64})/y, () => true)]);
  deepEqual(scan(`t=${"a".repeat(300)} t=${"b".repeat(8)}`), [
    { rule: "a", start: 2, end: 302 },
    { rule: "a", start: 305, end: 313 },
  ]);
});
