import assert from "node:assert/strict";
import { readCapped } from "../../src/host/capped_stream.ts";
import { test } from "../sanitized.ts";

const stream = (...chunks: Uint8Array[]) => ReadableStream.from(chunks) as ReadableStream<Uint8Array>;
const bytes = (text: string) => new TextEncoder().encode(text);

test("readCapped() joins a character that two chunks share", async () => {
  const euro = bytes("€");
  assert.equal(await readCapped(stream(euro.subarray(0, 1), euro.subarray(1)), 100), "€");
});

test("readCapped() keeps the first bytes and reads on to the end", async () => {
  let ended = false;
  async function* source() {
    yield bytes("abc");
    yield bytes("def");
    await Promise.resolve();
    ended = true;
  }
  assert.equal(await readCapped(ReadableStream.from(source()) as ReadableStream<Uint8Array>, 4), "abcd");
  assert.equal(ended, true);
});
