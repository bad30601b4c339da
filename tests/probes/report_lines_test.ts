import assert from "node:assert/strict";
import type { Check } from "../../src/probes/report.ts";
import { explanation, reportName, totalsLine } from "../../src/probes/report_lines.ts";
import { test } from "../sanitized.ts";
import { SAMPLE_REPORT } from "./sample_report.ts";

const FINDING: Check = {
  id: "memory",
  title: "Memory",
  category: "machine",
  status: "warn",
  summary: "Low memory",
  docs: "docs/probes.md#memory",
  durationMs: 1,
};

test("reportName tells preflight from doctor", () => {
  assert.equal(reportName(SAMPLE_REPORT), "stakpak preflight");
  assert.equal(reportName({ ...SAMPLE_REPORT, mode: "doctor" }), "stakpak doctor");
});

test("totalsLine counts, and names the acknowledged among the warnings", () => {
  assert.equal(
    totalsLine(SAMPLE_REPORT),
    "2 blocking, 2 warnings (1 acknowledged), 2 passed, 1 skipped in 1.2 s",
  );
  const summary = { block: 0, warn: 1, pass: 9, skip: 0, acknowledged: 0 };
  assert.equal(
    totalsLine({ ...SAMPLE_REPORT, summary, durationMs: 49 }),
    "0 blocking, 1 warning, 9 passed, 0 skipped in 0.0 s",
  );
});

test("explanation puts a bar before every line of a detail, so that none is a runner's command", () => {
  const details = ["first\r\n::stop-commands::x", "\x1b[1mlast"];
  assert.deepEqual(explanation({ ...FINDING, details }), [
    "| first",
    "| ::stop-commands::x",
    "| \\u{1b}[1mlast",
  ]);
});

test("explanation gives acknowledgement, fix and command a line each", () => {
  const lines = explanation({
    ...FINDING,
    acknowledged: { reason: "until\nthe move", until: "2027-01-31" },
    fix: { summary: "Add\nswap", command: "sudo mkswap\n/swap" },
  });
  assert.deepEqual(lines, [
    "acknowledged until 2027-01-31: until the move",
    "fix: Add swap",
    "run: sudo mkswap /swap",
  ]);
});

test("explanation has no run line without a command", () => {
  assert.deepEqual(explanation({ ...FINDING, fix: { summary: "Add swap" } }), ["fix: Add swap"]);
});
