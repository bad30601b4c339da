import type { ByteReader } from "./byte_reader.ts";
import type { RequestBody } from "./proxy_request.ts";

const PIECE_BYTES = 16 * 1024;
const SIZE_LINE_BYTES = 1024;
const TRAILER_LINES = 100;

/**
 * Passes on exactly the body that was announced; what the client says behind it goes nowhere. Chunks are written
 * anew, without extensions and trailers. Rejects when the body ends early or is not well formed.
 */
export async function sendBody(
  body: RequestBody,
  reader: ByteReader,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  if (body.kind === "length") return await sendBytes(body.bytes, reader, write);
  const say = (text: string) => write(new TextEncoder().encode(text));
  for (;;) {
    const size = await chunkSize(reader);
    if (size === 0) break;
    await say(`${size.toString(16)}\r\n`);
    await sendBytes(size, reader, write);
    if (await line(reader) !== "") throw new Error("a chunk is longer than it says");
    await say("\r\n");
  }
  for (let left = TRAILER_LINES; await line(reader) !== ""; left--) {
    if (left === 0) throw new Error("too many trailers");
  }
  await say("0\r\n\r\n");
}

async function sendBytes(
  bytes: number,
  reader: ByteReader,
  write: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (let left = bytes; left > 0;) {
    const piece = await reader.some(Math.min(left, PIECE_BYTES));
    if (!piece) throw new Error("the body ends early");
    await write(piece);
    left -= piece.length;
  }
}

async function chunkSize(reader: ByteReader): Promise<number> {
  const [, digits] = /^([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i.exec(await line(reader)) ?? [];
  if (digits === undefined) throw new Error("a chunk has no size");
  return parseInt(digits, 16);
}

async function line(reader: ByteReader): Promise<string> {
  const bytes = await reader.until("\r\n", SIZE_LINE_BYTES);
  if (!bytes) throw new Error("a line of the body is too long, or not there");
  return new TextDecoder("latin1").decode(bytes.subarray(0, -2));
}
