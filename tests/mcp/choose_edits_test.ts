import assert from "node:assert/strict";
import { chooseEdits } from "../../src/mcp/choose_edits.ts";
import { test } from "../sanitized.ts";

const one = { wanted: "a", by: "b", all: false };

test("chooseEdits() changes the only occurrence, or every one", () => {
  assert.deepEqual(chooseEdits("p", "xax", one), [{ start: 1, end: 2, by: "b" }]);
  assert.deepEqual(chooseEdits("p", "aa", { ...one, all: true }), [
    { start: 0, end: 1, by: "b" },
    { start: 1, end: 2, by: "b" },
  ]);
});

test("chooseEdits() fails when there is none, or more than one", () => {
  assert.deepEqual(chooseEdits("p", "x", one), {
    code: "STRING_NOT_FOUND",
    text: "Cannot replace in p: old_str is not there",
  });
  assert.deepEqual(chooseEdits("p", "a\nb\na", one), {
    code: "STRING_NOT_UNIQUE",
    text: "Cannot replace in p: old_str is there 2 times (lines 1, 3); " +
      "give more of the text around it, or set replace_all",
  });
  const many = chooseEdits("p", "a".repeat(20), one);
  assert.match((many as { text: string }).text, /more than 10 times \(lines 1(, 1){9}\)/);
});

test("chooseEdits() bounds what is replaced, and how long it looks", () => {
  const start = performance.now();
  const all = { wanted: "a", by: "b", all: true };
  assert.match((chooseEdits("p", "a".repeat(150_000), all) as { text: string }).text, /at most 100000/);
  const long = { wanted: "a".repeat(50_001), by: "b", all: true };
  assert.equal((chooseEdits("p", "a".repeat(150_003), long) as unknown[]).length, 3);
  assert.ok(performance.now() - start < 2_000);
});

test("chooseEdits() keeps the line ends of what it replaces", () => {
  assert.deepEqual(chooseEdits("p", "a\r\nb", { wanted: "a\nb", by: "c\nd\r\ne", all: false }), [
    { start: 0, end: 4, by: "c\r\nd\r\ne" },
  ]);
});
