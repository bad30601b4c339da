import assert from "node:assert/strict";
import { lineReader } from "../../src/host/line_reader.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

/** A stream of these pieces; behind them its end. */
function pieces(...texts: readonly string[]) {
  const left = [...texts];
  return (buffer: Uint8Array) => {
    const text = left.shift();
    return Promise.resolve(text === undefined ? null : new TextEncoder().encodeInto(text, buffer).written);
  };
}

test("lineReader() gives line after line, however the bytes come, and undefined at the end", async () => {
  const read = lineReader(pieces("ye", "s\nn", "o\r\n", "rest"));
  assert.deepEqual([await read(NEVER), await read(NEVER), await read(NEVER), await read(NEVER)], [
    "yes",
    "no",
    "rest",
    undefined,
  ]);
});

test("lineReader() takes an empty line for a line", async () => {
  const read = lineReader(pieces("\n"));
  assert.deepEqual([await read(NEVER), await read(NEVER)], ["", undefined]);
});

test("lineReader() rejects when its signal aborts, and the next one gets what is typed then", async () => {
  const typed = Promise.withResolvers<number>();
  let buffer: Uint8Array = new Uint8Array();
  let reads = 0;
  const read = lineReader((given) => {
    reads++;
    buffer = given;
    return typed.promise;
  });
  const abort = new AbortController();
  const first = read(abort.signal);
  abort.abort(new Error("decided elsewhere"));
  await assert.rejects(first, /decided elsewhere/);
  const second = read(NEVER);
  typed.resolve(new TextEncoder().encodeInto("y\n", buffer).written);
  assert.deepEqual([await second, reads], ["y", 1]);
});

test("lineReader() does not give a line to whoever has given up already", async () => {
  const read = lineReader(pieces("y\n"));
  await assert.rejects(read(AbortSignal.abort(new Error("gone"))), /gone/);
  assert.equal(await read(NEVER), "y");
});

test("lineReader() cuts a line that has no end", async () => {
  const read = lineReader((buffer) => Promise.resolve(buffer.fill(0x61).length));
  assert.equal((await read(NEVER))?.length, 64 * 1024);
});
