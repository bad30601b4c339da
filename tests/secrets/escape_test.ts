import { deepEqual, equal } from "node:assert/strict";
import { escapeAt } from "../../src/secrets/escape.ts";
import { test } from "../sanitized.ts";

const MEANINGS: Readonly<Record<string, string>> = {
  "\\n": "\n",
  '\\"': '"',
  "\\\\": "\\",
  "\\/": "/",
  "\\$": "$",
  "\\u0041": "A",
  "\\x41": "A",
  "\\\n": "",
  "\\\r\n": "",
  "%41": "A",
  "%C3%B6": "ö",
  "'\\''": "'",
  "&amp;": "&",
  "&#39;": "'",
  "\x1b[1;31m": "",
  "\x1b]0;title\x07": "",
};

for (const [text, meaning] of Object.entries(MEANINGS)) {
  test(`escapeAt() reads ${JSON.stringify(text)}`, () => {
    deepEqual(escapeAt(`${text}rest`, 0, text.charCodeAt(0)), { length: text.length, meaning });
  });
}

test("escapeAt() leaves what only begins like an escape", () => {
  for (const text of ["\\w", "\\", "\\u00", "%4", "%zz", "'x'", "&amp", "\x1b", "%C3%"]) {
    const escape = escapeAt(text, 0, text.charCodeAt(0));
    equal(escape === undefined || escape.meaning === text.slice(0, escape.length), true, text);
  }
});
