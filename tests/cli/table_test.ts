import assert from "node:assert/strict";
import { table } from "../../src/cli/table.ts";
import { test } from "../sanitized.ts";

test("table() aligns columns and leaves no trailing blanks", () => {
  assert.equal(table(["A", "LONG"], [["wider", "x"], ["é", ""]]), "A      LONG\nwider  x\né");
});
