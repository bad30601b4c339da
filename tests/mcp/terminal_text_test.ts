import assert from "node:assert/strict";
import fc from "fast-check";
import { terminalText } from "../../src/mcp/terminal_text.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

function textOf(...chunks: (string | Uint8Array)[]): string {
  const text = terminalText();
  const bytes = (chunk: string | Uint8Array) =>
    typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
  return chunks.map((chunk) => text.push(bytes(chunk))).join("") + text.end();
}

test("terminalText() removes colours, cursor moves, titles and control characters", () => {
  assert.equal(textOf("\x1b[1;31mred\x1b[0m \x1b[2K\x1b[?25lgo\x1b(B"), "red go");
  assert.equal(textOf("\x1b]0;title\x07a\x1b]8;;https://x\x1b\\link\x1b]8;;\x1b\\"), "alink");
  assert.equal(textOf("\u009b31mred\u009b0m"), "red");
  assert.equal(textOf("a\0b\x07c\x08d\x7fe\u0085f\tg\n"), "abcdef\tg\n");
});

test("terminalText() makes lines of what overwrites a line", () => {
  assert.equal(textOf("a\r\nb\rc\r\r\nd"), "a\nb\nc\nd");
  assert.equal(textOf("a\r", "\nb\r", "c"), "a\nb\nc");
});

test("terminalText() survives bytes that are not UTF-8, and characters that are cut", () => {
  assert.equal(textOf(new Uint8Array([0x61, 0xff, 0xfe, 0x62])), "a\ufffd\ufffdb");
  assert.equal(textOf(new Uint8Array([0xe2, 0x82]), new Uint8Array([0xac])), "€");
  assert.equal(textOf(new Uint8Array([0xe2, 0x82])), "\ufffd");
});

test("terminalText() keeps the text after a title that nobody ends", () => {
  assert.equal(textOf("\x1b]0;", "x".repeat(10_000)), `0;${"x".repeat(10_000)}`);
});

test("terminalText() gives the same wherever chunks are cut", () => {
  const piece = fc.constantFrom(
    "\x1b[31m",
    "\x1b]0;t\x07",
    "\x1b]8;;u\x1b\\",
    "\r\n",
    "\x1b",
    "é",
    "€",
    "𝄞",
    "a",
  );
  fc.assert(
    fc.property(fc.array(piece), fc.array(fc.nat(40)), (pieces, sizes) => {
      const whole = new TextEncoder().encode(pieces.join(""));
      const chunks: Uint8Array[] = [];
      let at = 0;
      for (const size of sizes) chunks.push(whole.subarray(at, at += size));
      assert.equal(textOf(...chunks, whole.subarray(at)), textOf(whole));
    }),
    { numRuns: runs(10_000), seed: SEED },
  );
});

test("terminalText() takes time in proportion to its input, whatever it holds", () => {
  for (const unit of ["\x1b[", "\x1b]", "\u0090", "\u009b", "\r", "\x1b", "\x1b[1;", "\x1b]x\x1b"]) {
    const bytes = new TextEncoder().encode(unit.repeat(500_000));
    const start = performance.now();
    textOf(bytes, bytes);
    assert.ok(performance.now() - start < 2_000, `slow for ${JSON.stringify(unit)}`);
  }
});
