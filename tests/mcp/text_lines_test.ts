import assert from "node:assert/strict";
import fc from "fast-check";
import { shownLine, textLines } from "../../src/mcp/text_lines.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const encoder = new TextEncoder();
  const bytes = chunks.map((chunk) => typeof chunk === "string" ? encoder.encode(chunk) : chunk);
  return (await Array.fromAsync(textLines(stream(bytes)))).flat();
}

async function* stream(chunks: readonly Uint8Array[]) {
  yield* chunks;
}

test("textLines() gives lines without their ends, the last one finished or not", async () => {
  assert.deepEqual(await linesOf("a\nb", "c\r\n", "\nd"), ["a", "bc", "", "d"]);
  assert.deepEqual(await linesOf("a\n"), ["a"]);
  assert.deepEqual(await linesOf(""), []);
});

test("textLines() survives bytes that are not UTF-8", async () => {
  assert.deepEqual(await linesOf(new Uint8Array([0x61, 0xff, 0x0a, 0xe2, 0x82])), ["a\ufffd", "\ufffd"]);
});

test("textLines() gives the same wherever chunks are cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "\n", "\r\n", "é", "𝄞")),
      fc.nat(30),
      async (parts, at) => {
        const bytes = new TextEncoder().encode(parts.join(""));
        assert.deepEqual(await linesOf(bytes.subarray(0, at), bytes.subarray(at)), await linesOf(bytes));
      },
    ),
    { numRuns: runs(5_000), seed: SEED },
  );
});

test("textLines() holds no more than 64 Ki characters of a line", async () => {
  const chunk = "x".repeat(50_000);
  const lines = await linesOf(chunk, chunk, chunk, "\nnext\n");
  assert.deepEqual(lines.map((line) => line.length), [65_536, 4]);
});

test("shownLine() cuts after 2,000 characters, and no character in two", () => {
  assert.equal(shownLine("short"), "short");
  assert.equal(shownLine("x".repeat(2_001)), `${"x".repeat(2_000)}... (cut after 2000 characters)`);
  assert.equal(shownLine(`${"x".repeat(1_999)}𝄞`), `${"x".repeat(1_999)}... (cut after 1999 characters)`);
});
