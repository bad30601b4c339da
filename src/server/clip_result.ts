import { RUN_LIMITS } from "../domain/run_limits.ts";

/** Controls but tab, newline and carriage return, and what stands for bytes that were no text. Source: server spec §4.5. */
// deno-lint-ignore no-control-regex
const DROPPED = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]/g;
const EMPTY = "<empty tool result>";
/** More than any mark has, in bytes. */
const MARK_BYTES = 100;

/**
 * The result of a tool as the conversation keeps it: never empty, well-formed, without control characters, at most
 * `RUN_LIMITS.resultBytes` of UTF-8. Of a longer one the head and the tail are kept, and a mark says what is missing.
 */
export function clipResult(text: string): string {
  const plain = readable(text);
  if (plain === "") return EMPTY;
  const bytes = new TextEncoder().encode(plain);
  if (bytes.length <= RUN_LIMITS.resultBytes) return plain;
  const half = (RUN_LIMITS.resultBytes - MARK_BYTES) / 2;
  const head = bytes.subarray(0, characterAt(bytes, half));
  const tail = bytes.subarray(characterAt(bytes, bytes.length - half));
  const mark = `\n[... ${
    bytes.length - head.length - tail.length
  } of ${bytes.length} bytes are left out ...]\n`;
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return decoder.decode(head) + mark + decoder.decode(tail);
}

/** `text` without what nobody can read. */
export function readable(text: string): string {
  return text.toWellFormed().replace(DROPPED, "");
}

/** The start of the character that the byte at `at` belongs to. */
function characterAt(bytes: Uint8Array, at: number): number {
  while ((bytes[at]! & 0xc0) === 0x80) at--;
  return at;
}
