import assert from "node:assert/strict";
import fc from "fast-check";
import { findText } from "../../src/mcp/find_text.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const ALL = { overlapping: false, most: 100 };

const found = (text: string, wanted: string) =>
  findText(text, wanted, ALL).map(({ start, end }) => text.slice(start, end));

test("findText() finds every occurrence, overlapping ones too where it is told to", () => {
  const spans = (text: string, overlapping: boolean, most = 100) =>
    findText(text, "aa", { overlapping, most }).map(({ start, end }) => `${start}-${end}`);
  assert.deepEqual(spans("aaaa", true), ["0-2", "1-3", "2-4"]);
  assert.deepEqual(spans("aaaa", false), ["0-2", "2-4"]);
  assert.deepEqual(spans("aaaa", true, 2), ["0-2", "1-3"]);
  assert.deepEqual(spans("bbbb", true), []);
});

test("findText() takes typographic characters and line ends for plain ones", () => {
  assert.deepEqual(found("say “it’s – so”…", `"it's - so"...`), ["“it’s – so”…"]);
  assert.deepEqual(found("a\u00a0b\u2003c", "a b c"), ["a\u00a0b\u2003c"]);
  assert.deepEqual(found("• one\r\n• two\r\n", "* one\n* two\n"), ["• one\r\n• two\r\n"]);
  assert.deepEqual(found("it's", "it’s"), ["it's"]);
});

test("findText() prefers what is exactly there", () => {
  assert.deepEqual(found(`“a” "a"`, `"a"`), [`"a"`]);
});

test("findText() takes no part of a character", () => {
  assert.deepEqual(found("a…b", "a."), []);
  assert.deepEqual(found("a…b", ".b"), []);
  assert.deepEqual(found("a…b", "...b"), ["…b"]);
});

test("findText() finds what it folded, wherever it stands", () => {
  const piece = fc.constantFrom("a", "b", "…", "“", "–", "\r\n", " ", "\u00a0", "𝄞");
  const plain = (text: string) =>
    text.replaceAll("…", "...").replaceAll("“", '"').replaceAll("–", "-").replaceAll("\r\n", "\n")
      .replaceAll("\u00a0", " ");
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(text, text, text, (before, middle, after) => {
      fc.pre(middle !== "");
      const whole = `${before}${middle}${after}`;
      const all = findText(whole, plain(middle), { ...ALL, overlapping: true });
      assert.ok(all.length > 0);
      for (const { start, end } of all) assert.equal(plain(whole.slice(start, end)), plain(middle));
    }),
    { numRuns: runs(10_000), seed: SEED },
  );
});
