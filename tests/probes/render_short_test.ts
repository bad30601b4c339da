import assert from "node:assert/strict";
import { renderShort } from "../../src/probes/render_short.ts";
import { test } from "../sanitized.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

test("short has a line per complaint and the totals, whatever the details", () => {
  const lines = renderShort(SAMPLE_REPORT, { color: false, columns: 80 }).trimEnd().split("\n");
  assert.deepEqual(lines.map((line) => line.split(" ").slice(0, 2).join(" ")), [
    "✗ credentials:",
    "✗ docker_accessible:",
    "⚠ memory:",
    "⚠ systemd_linger:",
    "2 blocking,",
  ]);
});

test("short is one line when all is well", () => {
  const checks = SAMPLE_REPORT.checks.filter(({ status }) => status === "pass" || status === "skip");
  const text = renderShort({ ...SAMPLE_REPORT, checks }, { color: true, columns: 80 });
  assert.equal(text.split("\n").length, 2);
});
