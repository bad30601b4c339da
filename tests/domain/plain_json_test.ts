import assert from "node:assert/strict";
import fc from "fast-check";
import { plainJson, plainJsonLine } from "../../src/domain/plain_json.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

test("plainJson writes unseen characters as escapes", () => {
  assert.equal(plainJson("\x1b\x9b\u202e\u{e0041}\ud800"), '"\\u001b\\u009b\\u202e\\udb40\\udc41\\ud800"\n');
});

test("plainJson with keys gives only those, in that order, at every depth", () => {
  const value = { b: 1, a: [{ c: 3, b: 2, a: 1 }] };
  assert.equal(JSON.stringify(JSON.parse(plainJson(value, ["a", "b"]))), '{"a":[{"a":1,"b":2}],"b":1}');
});

test("plainJson parses back to any value and shows nothing unseen but newlines", () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
      const text = plainJson(value);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.doesNotMatch(text.replaceAll("\n", ""), /[\p{C}\p{Zl}\p{Zp}]/u);
    }),
    { numRuns: runs(2000), seed: SEED },
  );
});

test("plainJsonLine gives one line that parses back, with unseen characters as escapes", () => {
  assert.equal(plainJsonLine({ a: "\x1b\n" }), '{"a":"\\u001b\\n"}');
});
