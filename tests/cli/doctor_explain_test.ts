import assert from "node:assert/strict";
import { sectionOf } from "../../src/cli/doctor_explain.ts";
import { test } from "../sanitized.ts";

const PAGE = "# Probes\n\n## memory\n\nAsks.\n\n## memory_two\n\nOther.\n";

test("sectionOf() is the text from a heading to the next one", () => {
  assert.equal(sectionOf(PAGE, "memory"), "## memory\n\nAsks.");
  assert.equal(sectionOf(PAGE, "memory_two"), "## memory_two\n\nOther.");
});

test("sectionOf() takes whole headings only", () => {
  assert.equal(sectionOf(PAGE, "mem"), undefined);
});
