import { deepEqual, equal, match, ok } from "node:assert/strict";
import { BENIGN_EXCERPTS } from "../../src/secrets/benign_excerpts.ts";
import { benignText } from "../../src/secrets/benign_text.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { test } from "../sanitized.ts";

test("benignText() is the same each time, of every kind, and as long as asked for", () => {
  const text = benignText(100_000);
  equal(benignText(100_000), text);
  ok(text.length >= 100_000 && text.length < 110_000);
  for (const excerpt of Object.values(BENIGN_EXCERPTS)) {
    const longest = excerpt.split(/‹[^›]*›/).sort((a, b) => b.length - a.length)[0]!;
    ok(text.includes(longest), longest);
  }
});

test("benignText() leaves no blank unfilled, and draws what stands there", () => {
  const text = benignText(100_000);
  equal(/[‹›]/.test(text), false);
  match(text, /^commit [0-9a-f]{40}$/m);
  match(text, /"integrity": "sha512-[A-Za-z0-9+/]{86}=="/);
  equal(new Set(text.match(/^commit \w+$/gm)).size, text.match(/^commit \w+$/gm)!.length);
});

test("nothing in it is marked", () => {
  const text = benignText(300_000);
  deepEqual(
    new Redactor().find(text).map(({ rule, start }) => [rule, text.slice(start - 40, start + 20)]),
    [],
  );
});
