import assert from "node:assert/strict";
import { redactDeep } from "../../src/secrets/redact_deep.ts";
import { test } from "../sanitized.ts";

test("redactDeep() passes every text through, and keeps keys, numbers and shape", () => {
  const value = { a: "x", b: [1, "x", { c: "x" }], d: undefined, e: null };
  assert.deepEqual(redactDeep(value, () => "-"), { a: "-", b: [1, "-", { c: "-" }], d: undefined, e: null });
});
