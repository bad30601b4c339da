import assert from "node:assert/strict";
import { buildReport, type ReportOptions } from "../../src/probes/build_report.ts";
import type { ProbeResult } from "../../src/probes/probe.ts";
import { BLOCK, PASS, probeThat, WARN } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const OPTIONS: ReportOptions = {
  version: "1.2.3",
  mode: "doctor",
  strict: false,
  acknowledgements: [],
  now: new Date("2026-11-22T12:00:00Z"),
  durationMs: 7,
};

const answer = (id: string, result: ProbeResult) => ({ probe: probeThat(id, result), result, durationMs: 1 });
const until = (day: string) => [{ probe: "a", reason: "known", until: new Date(day) }];

test("buildReport() is ok without a block, and counts by status", () => {
  const report = buildReport([answer("a", PASS), answer("b", WARN)], OPTIONS);
  assert.equal(report.ok, true);
  assert.deepEqual(report.summary, { block: 0, warn: 1, pass: 1, skip: 0, acknowledged: 0 });
});

test("buildReport() is not ok under strict when something warns", () => {
  assert.equal(buildReport([answer("a", WARN)], { ...OPTIONS, strict: true }).ok, false);
});

test("buildReport() turns an acknowledged block into a warning through its last day", () => {
  const report = buildReport([answer("a", BLOCK)], {
    ...OPTIONS,
    strict: true,
    acknowledgements: until("2026-11-22"),
  });
  assert.equal(report.checks[0]!.status, "warn");
  assert.deepEqual(report.checks[0]!.acknowledged, { reason: "known", until: "2026-11-22" });
  assert.equal(report.ok, true);
  assert.equal(report.summary.acknowledged, 1);
});

test("buildReport() lets an acknowledgement end after its day, and says so", () => {
  const report = buildReport([answer("a", BLOCK)], { ...OPTIONS, acknowledgements: until("2026-11-21") });
  assert.equal(report.ok, false);
  assert.deepEqual(report.checks[0]!.details, ["acknowledged until 2026-11-21: that day has passed"]);
});

test("buildReport() does not let a permanent finding be acknowledged away", () => {
  const permanent: ProbeResult = {
    status: "warn",
    summary: "host tools",
    fix: { summary: "turn off" },
    permanent: true,
  };
  const report = buildReport([answer("a", permanent)], {
    ...OPTIONS,
    strict: true,
    acknowledgements: until("2027-01-01"),
  });
  assert.equal(report.checks[0]!.acknowledged, undefined);
  assert.equal(report.ok, false);
});

test("buildReport() leaves an acknowledged pass alone", () => {
  const report = buildReport([answer("a", PASS)], { ...OPTIONS, acknowledgements: until("2027-01-01") });
  assert.equal(report.checks[0]!.acknowledged, undefined);
});

test("buildReport() gives every complaint its fix and every check its page", () => {
  const [check] = buildReport([answer("a", BLOCK)], OPTIONS).checks;
  assert.deepEqual(check!.fix, { summary: "mend it" });
  assert.equal(check!.docs, "docs/probes.md#a");
});
