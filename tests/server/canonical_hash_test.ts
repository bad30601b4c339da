import assert from "node:assert/strict";
import { canonicalHash, textHash } from "../../src/server/canonical_hash.ts";
import { test } from "../sanitized.ts";

test("canonicalHash() is one for what is equal, however it was written, and another for anything else", () => {
  const hash = canonicalHash({ b: [1, { y: null, x: "ä" }], a: true });
  assert.equal(hash, canonicalHash({ a: true, b: [1, { x: "ä", y: null }] }));
  assert.match(hash, /^[0-9a-f]{64}$/);
  for (const other of [{ a: true }, { a: true, b: [{ x: "ä", y: null }, 1] }, { a: "true", b: [] }]) {
    assert.notEqual(hash, canonicalHash(other));
  }
});

test("textHash() is SHA-256 of the text's UTF-8", () => {
  assert.equal(
    textHash("abc"),
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
