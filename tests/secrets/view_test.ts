import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { viewsOf } from "../../src/secrets/view.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const texts = (text: string) => viewsOf(text).map((view) => view.text);

test("viewsOf() has one view of plain text", () =>
  deepEqual(texts("a line\nand 45 % of another"), ["a line\nand 45 % of another"]));

test("viewsOf() reads JSON in JSON in a URL", () => {
  const text = encodeURIComponent(JSON.stringify({ a: JSON.stringify({ b: 'x"y' }) }));
  ok(texts(text).some((view) => view.includes('x"y')));
});

test("viewsOf() parts words at colours, and joins them without", () => {
  deepEqual(texts("a\x1b[31mb\x1b[0m"), ["a\n\n\n\n\nb\n\n\n\n", "ab"]);
});

test("viewsOf() joins the lines of wrapped base64, and no others", () => {
  const line = "QUJD".repeat(19);
  deepEqual(texts(`${line}\n  ${line}\nend= of it`).at(-1), `${line}${line}end= of it`);
  for (const key of ["name: x", "NAME=x", "example.com/a: x"]) {
    deepEqual(texts(`a: ${line}\n  ${key}`), [`a: ${line}\n  ${key}`]);
  }
  deepEqual(texts("short\nlines"), ["short\nlines"]);
});

test("viewsOf() knows for every part of a view where it came from", () => {
  const piece = fc.constantFrom(
    "a",
    "\\n",
    '\\"',
    "%41",
    "\\u0042",
    "\x1b[1m",
    "\n",
    "x".repeat(61),
    "%C3%B6",
    "\\",
    "'",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = `${pieces.join("")}MARKER${pieces.join("")}`;
      for (const view of viewsOf(text)) {
        const at = view.text.indexOf("MARKER");
        const [start, end] = view.origin(at, at + 6);
        equal(text.slice(start, end), "MARKER");
      }
    }),
    { numRuns: runs(5_000), seed: SEED },
  );
});
