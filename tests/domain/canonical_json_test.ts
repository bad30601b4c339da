import { equal, notEqual } from "node:assert/strict";
import fc from "fast-check";
import { canonicalJson } from "../../src/domain/canonical_json.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

test("objects whose keys stand in another order give the same text, at every depth", () => {
  equal(
    canonicalJson({ b: [{ y: 1, x: null }], a: "1" }),
    canonicalJson({ a: "1", b: [{ x: null, y: 1 }] }),
  );
});

test("lists in another order and values of another kind give another text", () => {
  notEqual(canonicalJson([1, 2]), canonicalJson([2, 1]));
  notEqual(canonicalJson({ a: 1 }), canonicalJson({ a: "1" }));
});

test("what is undefined is left out, and nothing at all is null", () => {
  equal(canonicalJson({ a: undefined, b: 1 }), '{"b":1}');
  equal(canonicalJson(undefined), "null");
});

test("a key named __proto__ is a key like any other", () => {
  equal(canonicalJson(JSON.parse('{"b":1,"__proto__":{"a":2}}')), '{"__proto__":{"a":2},"b":1}');
});

test("the text is JSON of the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value));
    }),
    { numRuns: runs(2_000), seed: SEED },
  );
});
