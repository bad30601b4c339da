import assert from "node:assert/strict";
import { problemLines } from "../../src/probes/problem_lines.ts";
import { test } from "../sanitized.ts";

test("problemLines() has place, message and hint", () => {
  const problem = { severity: "error", file: "f", line: 2, column: 3, key: "k", message: "m" } as const;
  assert.deepEqual(problemLines([problem, { ...problem, hint: "h" }]), ["f:2:3: m", "f:2:3: m (h)"]);
});
