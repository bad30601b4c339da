import assert from "node:assert/strict";
import { at, tokensAt } from "../../src/models/json_field.ts";
import { test } from "../sanitized.ts";

test("at() follows names through tables and nothing else", () => {
  const value = { a: { b: [{ c: 1 }], d: null } };
  assert.deepEqual(at(value, "a", "b"), [{ c: 1 }]);
  assert.equal(at(value, "a", "b", "0"), undefined);
  assert.equal(at(value, "a", "d", "e"), undefined);
  assert.equal(at(value, "constructor"), undefined);
  assert.equal(at(undefined, "a"), undefined);
});

test("tokensAt() takes whole numbers that can be counts, and no others", () => {
  const taken = [0, 7, -1, 1.5, 1e300, "7", null, NaN].map((n) => tokensAt({ n } as never, "n"));
  assert.deepEqual(taken, [0, 7, undefined, undefined, undefined, undefined, undefined, undefined]);
});
