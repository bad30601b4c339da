import { deepEqual, equal, match } from "node:assert/strict";
import { fake, formats, HEX, tokens, UPPER } from "../../src/secrets/secret_rule.ts";
import { test } from "../sanitized.ts";

test("tokens() makes a rule that matches its own example, and not inside a word", () => {
  const [rule] = tokens("Fake", "https://example.com", [["fake-token", "fk_(1)_", HEX, 12]]);
  equal(rule!.example, "fk_(1)_0123456789ab");
  deepEqual(rule!.anchors, ["fk_(1)_"]);
  rule!.pattern.lastIndex = 0;
  equal(rule!.pattern.exec(`${rule!.example}cd!`)![0], "fk_(1)_0123456789abcd");
  rule!.pattern.lastIndex = 1;
  equal(rule!.pattern.exec(`x${rule!.example}`), null);
});

test("formats() gives each rule its provider and source", () => {
  const [rule] = formats("Fake", "https://example.com", [{
    id: "a",
    anchors: ["a"],
    pattern: /a/y,
    example: "a",
  }]);
  deepEqual([rule!.provider, rule!.source], ["Fake", "https://example.com"]);
});

test("fake() gives as many characters as asked for, of those allowed", () => {
  match(fake(HEX, 40), /^[0-9a-f]{40}$/);
  match(fake(UPPER, 7), /^[A-Z0-9]{7}$/);
});
