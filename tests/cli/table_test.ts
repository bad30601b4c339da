import assert from "node:assert/strict";
import { table } from "../../src/cli/table.ts";
import { test } from "../sanitized.ts";

test("table() aligns columns and leaves no trailing blanks", () => {
  assert.equal(table(["A", "LONG"], [["wider", "x"], ["é", ""]]), "A      LONG\nwider  x\né");
});

test("table() takes as many rows as there are", () => {
  const rows = Array.from({ length: 200_000 }, () => ["a"]);
  assert.equal(table(["A"], rows).length, 2 * 200_001 - 1);
});
