import assert from "node:assert/strict";
import { parseDuration } from "../../src/config/duration.ts";
import { test } from "../sanitized.ts";

test("parseDuration() reads one unit or several, in milliseconds", () => {
  const cases: [string, number][] = [
    ["45s", 45_000],
    ["30m", 1_800_000],
    ["2h 30m", 9_000_000],
    ["2h30m", 9_000_000],
    [" 1 hour ", 3_600_000],
    ["500ms", 500],
    ["1day 1min 1sec", 86_461_000],
    ["1w", 604_800_000],
    ["0s", 0],
    ["366d", 366 * 86_400_000],
  ];
  for (const [text, expected] of cases) assert.equal(parseDuration(text), expected, text);
});

test("parseDuration() refuses anything else", () => {
  for (
    const text of [
      "",
      " ",
      "30",
      "m",
      "-5s",
      "1.5h",
      "5 parsecs",
      "367d",
      "5constructor",
      "5M",
      "9999999999s",
    ]
  ) {
    assert.equal(parseDuration(text), undefined, text);
  }
});
