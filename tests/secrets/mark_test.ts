import { deepEqual, equal } from "node:assert/strict";
import { blanked, type Mark, merged, rewritten } from "../../src/secrets/mark.ts";
import { test } from "../sanitized.ts";

const mark = (start: number, end: number, rule = "a", sealed = false): Mark => ({ start, end, rule, sealed });

test("merged() puts marks in order and leaves those apart that only touch", () => {
  deepEqual(merged([mark(4, 6), mark(0, 4)]), [mark(0, 4), mark(4, 6)]);
});

test("merged() keeps the longer of two where one lies in the other", () => {
  deepEqual(merged([mark(2, 4, "inner"), mark(0, 9, "outer")]), [mark(0, 9, "outer")]);
  deepEqual(merged([mark(0, 9, "first"), mark(0, 9, "second")]), [mark(0, 9, "first")]);
});

test("merged() makes one of two that overlap, named by the longer", () => {
  deepEqual(merged([mark(0, 5, "short"), mark(3, 9, "long")]), [mark(0, 9, "long")]);
});

test("merged() seals what holds anything sealed", () => {
  deepEqual(merged([mark(0, 9, "outer"), mark(2, 4, "inner", true)]), [mark(0, 9, "outer", true)]);
});

test("blanked() keeps every place, and lets nothing stand in what was found", () => {
  equal(blanked("ab12cd", [mark(2, 4)]), "ab\n\ncd");
});

test("rewritten() takes spans in any order", () => {
  equal(rewritten("ab12cd34", [mark(6, 8), mark(2, 4)], ({ start }) => `<${start}>`), "ab<2>cd<6>");
});
