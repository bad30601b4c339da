import assert from "node:assert/strict";
import { headLine, MARKS } from "../../src/probes/head_line.ts";
import type { Check } from "../../src/probes/report.ts";
import { test } from "../sanitized.ts";

const CHECK: Check = {
  id: "memory",
  title: "Memory",
  category: "machine",
  status: "warn",
  summary: "Low\nmemory \x1b[31m",
  docs: "docs/probes.md#memory",
  durationMs: 1,
};

test("headLine is one line of mark, id and summary", () => {
  assert.equal(headLine(CHECK, false), "⚠ memory: Low memory \\u{1b}[31m");
});

test("headLine pads the id to a column when it has a width", () => {
  assert.equal(headLine(CHECK, false, 8), "⚠ memory    Low memory \\u{1b}[31m");
});

test("headLine paints the mark only", () => {
  assert.equal(headLine(CHECK, true), "\x1b[33m⚠\x1b[0m memory: Low memory \\u{1b}[31m");
});

test("every status has a mark of its own", () => {
  assert.equal(new Set(Object.values(MARKS)).size, Object.keys(MARKS).length);
});
