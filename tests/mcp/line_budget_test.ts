import assert from "node:assert/strict";
import { lineBudget } from "../../src/mcp/line_budget.ts";
import { test } from "../sanitized.ts";

test("lineBudget() has room for 300 lines and counts the others", () => {
  const budget = lineBudget();
  for (let count = 0; count < 300; count++) budget.add("x");
  assert.equal(budget.isOver, false);
  budget.add("y");
  assert.deepEqual([budget.lines.length, budget.offered, budget.isOver], [300, 301, true]);
});

test("lineBudget() has room for 64 KiB, and takes no short line behind a long one that did not fit", () => {
  const budget = lineBudget();
  budget.add("x".repeat(60_000));
  budget.add("y".repeat(6_000));
  budget.add("z");
  assert.deepEqual([budget.lines.length, budget.offered], [1, 3]);
});
