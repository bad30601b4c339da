import assert from "node:assert/strict";
import { generatePassword } from "../../src/mcp/password.ts";
import { test } from "../sanitized.ts";

test("generatePassword() has a character of each kind, however short", () => {
  for (let count = 0; count < 500; count++) {
    const password = generatePassword(4, true);
    assert.equal(password.length, 4);
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]) assert.match(password, kind);
    assert.match(generatePassword(4, false), /^[a-zA-Z0-9]{4}$/);
  }
});

test("generatePassword() draws all characters about as often, and never the same password", () => {
  const drawn = Array.from({ length: 400 }, () => generatePassword(256, true));
  const counts = new Map<string, number>();
  for (const character of drawn.join("")) counts.set(character, (counts.get(character) ?? 0) + 1);
  const expected = 400 * 256 / 88;
  assert.equal(counts.size, 88);
  // Eight standard deviations.
  for (const count of counts.values()) assert.ok(Math.abs(count - expected) < 8 * Math.sqrt(expected));
  assert.equal(new Set(drawn).size, drawn.length);
});
