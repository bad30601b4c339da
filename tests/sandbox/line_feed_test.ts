import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { lineFeed } from "../../src/sandbox/line_feed.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const encoder = new TextEncoder();

function fed(chunks: readonly Uint8Array[]): string[] {
  const lines: string[] = [];
  const feed = lineFeed((line) => void lines.push(line));
  for (const chunk of chunks) feed.push(chunk);
  feed.end();
  return lines;
}

test("lineFeed() hands on lines without their ends and colours, and the last one too", () => {
  deepEqual(fed([encoder.encode("one\r\ntw"), encoder.encode("o\n\n\x1b[31mthree\x1b[0m")]), [
    "one",
    "two",
    "",
    "three",
  ]);
  deepEqual(fed([]), []);
});

test("lineFeed() gives the same lines wherever the output is cut", () => {
  const text = encoder.encode("grün\r\nzwei 🔐\n\nend");
  fc.assert(
    fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      deepEqual(fed(at.slice(1).map((end, i) => text.subarray(at[i], end))), ["grün", "zwei 🔐", "", "end"]);
    }),
    { numRuns: runs(1_000), seed: SEED },
  );
});

test("lineFeed() holds no more than 64 KiB of an endless line", () => {
  const lengths = fed(Array.from({ length: 40 }, () => encoder.encode("x".repeat(10_000)))).map((
    { length },
  ) => length);
  equal(lengths.reduce((sum, length) => sum + length, 0), 400_000);
  equal(Math.max(...lengths) <= 80_000, true);
});
