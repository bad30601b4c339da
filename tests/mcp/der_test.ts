import assert from "node:assert/strict";
import {
  bits,
  integer,
  objectId,
  octets,
  sequence,
  setOf,
  tagged,
  time,
  TRUE,
  utf8,
} from "../../src/mcp/der.ts";
import { test } from "../sanitized.ts";

const hex = (der: Uint8Array) => der.toHex();
const bytes = (text: string) => Uint8Array.fromHex(text);

test("tagged() writes lengths as short as they go", () => {
  assert.equal(hex(tagged(0x04)), "0400");
  assert.equal(hex(tagged(0x04, bytes("0102"), bytes("03"))), "0403010203");
  assert.equal(hex(tagged(0x04, new Uint8Array(127))).slice(0, 6), "047f00");
  assert.equal(hex(tagged(0x04, new Uint8Array(128))).slice(0, 8), "04818000");
  assert.equal(hex(tagged(0x04, new Uint8Array(256))).slice(0, 10), "0482010000");
});

test("integer() is never negative and never longer than it has to be", () => {
  const cases = { "00": "020100", "7f": "02017f", "80": "02020080", "0000ff": "020200ff", "0001": "020101" };
  for (const [given, wanted] of Object.entries(cases)) assert.equal(hex(integer(bytes(given))), wanted);
  assert.equal(hex(integer(new Uint8Array())), "020100");
});

test("objectId() packs the first two numbers and splits those above 127", () => {
  assert.equal(hex(objectId("2.5.29.19")), "0603551d13");
  assert.equal(hex(objectId("1.2.840.10045.4.3.2")), "06082a8648ce3d040302");
});

test("time() rounds down to the second and changes its form in 2050", () => {
  assert.equal(hex(time(new Date("2049-12-31T23:59:59.999Z"))), `170d${hex(ascii("491231235959Z"))}`);
  assert.equal(hex(time(new Date("2050-01-01T00:00:00Z"))), `180f${hex(ascii("20500101000000Z"))}`);
});

test("the rest is its tag around its content", () => {
  assert.equal(hex(sequence(TRUE, TRUE)), "30060101ff0101ff");
  assert.equal(hex(setOf(TRUE)), "31030101ff");
  assert.equal(hex(octets(bytes("ab"))), "0401ab");
  assert.equal(hex(bits(bytes("80"), 7)), "03020780");
  assert.equal(hex(bits(bytes("80"))), "03020080");
  assert.equal(hex(utf8("é")), "0c02c3a9");
});

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
