import { deepEqual } from "node:assert/strict";
import { newestLine } from "../../src/mcp/newest_line.ts";
import { test } from "../sanitized.ts";

function told(...pieces: readonly string[]): (string | undefined)[] {
  const newest = newestLine();
  return pieces.map((piece) => newest(piece));
}

test("newestLine() tells the last line of a piece that says something", () => {
  deepEqual(told("one\ntwo\n\n", "\n", "three\n"), ["two", undefined, "three"]);
});

test("newestLine() tells no line before it ends, and then all of it", () => {
  deepEqual(told("one\npassword: hun", "ter", "22xy\nmore"), ["one", undefined, "password: hunter22xy"]);
});

test("newestLine() passes over long lines and lines of code, in one piece or many", () => {
  const key = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCu";
  deepEqual(told(`one\n${key}\n`, "x ".repeat(600), "x ".repeat(600), "end\n", "two\n"), [
    "one",
    undefined,
    undefined,
    undefined,
    "two",
  ]);
});
