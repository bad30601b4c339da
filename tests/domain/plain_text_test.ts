import assert from "node:assert/strict";
import fc from "fast-check";
import { plainText } from "../../src/domain/plain_text.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

test("plainText shows what acts on a terminal or hides from a reader", () => {
  const shown: Readonly<Record<string, string>> = {
    "\x1b[31mred": "\\u{1b}[31mred",
    "a\0b\tc\rd": "a\\u{0}b\\u{9}c\\u{d}d",
    "\x7f\x9b": "\\u{7f}\\u{9b}",
    "user\u202egnp.exe": "user\\u{202e}gnp.exe",
    "zero\u200bwidth\ufeff": "zero\\u{200b}width\\u{feff}",
    "tag\u{e0041}": "tag\\u{e0041}",
    "half \ud83d of a pair": "half \\u{d83d} of a pair",
    "line\u2028separator \uffff": "line\\u{2028}separator \\u{ffff}",
  };
  for (const [given, wanted] of Object.entries(shown)) assert.equal(plainText(given), wanted);
});

test("plainText leaves what a reader can see", () => {
  const text = `Ünïcödé 漢字 مرحبا 🚢 "quotes" <tags> \\u{1b} ~!@#$%^&*()`;
  assert.equal(plainText(text), text);
});

test("plainText folds newlines into spaces, or keeps them when asked", () => {
  assert.equal(plainText("one\r\ntwo\nthree"), "one two three");
  assert.equal(plainText("one\r\ntwo\nthree", { newlines: "keep" }), "one\ntwo\nthree");
});

test("plainText gives well-formed text without unseen characters for any text", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary-ascii" }), (text, ascii) => {
      const plain = plainText(text + ascii);
      assert.ok(plain.isWellFormed());
      assert.doesNotMatch(plain, /[\p{C}\p{Zl}\p{Zp}]/u);
      assert.equal(plainText(plain), plain);
    }),
    { numRuns: runs(4000), seed: SEED },
  );
});
