import { equal } from "node:assert/strict";
import fc from "fast-check";
import { byteReader } from "../../src/warden/byte_reader.ts";
import { test } from "../sanitized.ts";
import { heardConnection } from "./heard_connection.ts";

const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

test("a mark is found however the bytes are cut, and what follows is kept", async () => {
  const whole = "GET / HTTP/1.1\r\nA: b\r\r\n\r\nrest of it";
  await fc.assert(fc.asyncProperty(fc.array(fc.nat(whole.length), { maxLength: 8 }), async (cuts) => {
    const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length];
    const pieces = at.slice(1).map((to, index) => whole.slice(at[index], to)).filter((piece) => piece !== "");
    const reader = byteReader(heardConnection(...pieces), 64);
    equal(text(await reader.until("\r\n\r\n", 64)), whole.slice(0, -"rest of it".length));
    let rest = text(reader.rest())!;
    for (let more = await reader.some(3); more; more = await reader.some(3)) rest += text(more);
    equal(rest, "rest of it");
  }));
});

test("a mark that does not come in time is not waited for", async () => {
  const reader = byteReader(heardConnection("x".repeat(40)), 16);
  equal(await reader.until("\r\n", 16), undefined);
  equal(reader.rest().length, 16);
});

test("a mark that comes too late is as none, and an early end too", async () => {
  equal(await byteReader(heardConnection("abcdef\r\n"), 16).until("\r\n", 4), undefined);
  equal(await byteReader(heardConnection("abc"), 16).until("\r\n", 16), undefined);
  equal(await byteReader(heardConnection(), 16).some(4), undefined);
});
