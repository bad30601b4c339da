import assert from "node:assert/strict";
import { readUntil } from "../../src/host/read_until.ts";
import { test } from "../sanitized.ts";

function never(): { readonly body: ReadableStream<Uint8Array>; readonly given: Promise<void> } {
  const given = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([1])),
    cancel: () => given.resolve(),
  });
  return { body, given: given.promise };
}

test("readUntil() gives every chunk of a body that ends", async () => {
  const body = ReadableStream.from([new Uint8Array([1]), new Uint8Array([2])]);
  const chunks = await Array.fromAsync(readUntil(body, new AbortController().signal));
  assert.deepEqual(chunks.map(([byte]) => byte), [1, 2]);
});

test("readUntil() rejects with the reason when the signal aborts, and gives up a body that does not notice", async () => {
  const { body, given } = never();
  const ending = new AbortController();
  const reading = Array.fromAsync(readUntil(body, ending.signal));
  queueMicrotask(() => ending.abort(new Error("enough")));
  await assert.rejects(reading, /enough/);
  await given;
  await assert.rejects(
    Array.fromAsync(readUntil(never().body, AbortSignal.abort(new Error("before")))),
    /before/,
  );
});

test("readUntil() gives up the body when nobody wants more of it, or when it fails", async () => {
  const { body, given } = never();
  for await (const _ of readUntil(body, new AbortController().signal)) break;
  await given;
  const failing = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("cut")),
  });
  await assert.rejects(Array.fromAsync(readUntil(failing, new AbortController().signal)), /cut/);
});
