import fc from "fast-check";
import type { Check, CheckStatus, Report } from "../../src/probes/report.ts";

/** Pieces that end, open or escape something in one of the formats. */
const SYNTAX = [
  "]]>",
  "<![CDATA[",
  "</failure>",
  "</details>",
  "<script>",
  "&amp;",
  "::error::x",
  "::stop-commands::y",
  "%0A::warning::z",
  "##[error]",
  "|",
  "\\|",
  "```",
  "`",
  "\r",
  "\r\n",
  "\n",
  "\0",
  "\x1b[2J",
  "\x9b31m",
  "\u202e",
  "\u2028",
  "\ud800",
  "\udc00",
  "\ufffe",
  '"',
  "'",
  "${USER}",
  "{0}",
  "[a](b)",
];

const anyText = fc.array(fc.oneof(fc.constantFrom(...SYNTAX), fc.string({ unit: "binary" })), {
  maxLength: 6,
})
  .map((pieces) => pieces.join(""));

const anyFinding = fc.record({
  status: fc.constantFrom<CheckStatus>("pass", "warn", "block", "skip"),
  acknowledged: fc.boolean(),
  summary: anyText,
  details: fc.array(anyText, { maxLength: 3 }),
  fix: anyText,
  command: fc.option(anyText),
  reason: anyText,
});

/** Reports whose ids are ours and whose words are anybody's. */
export const anyReport: fc.Arbitrary<Report> = fc.array(anyFinding, { maxLength: 5 }).map((findings) => {
  const checks = findings.map((finding, index): Check => ({
    id: `probe_${index}`,
    title: `Probe ${index}`,
    category: index % 2 === 0 ? "docker" : "machine",
    status: finding.status,
    summary: finding.summary,
    details: finding.details,
    ...(isComplaint(finding.status)
      ? { fix: { summary: finding.fix, ...(finding.command === null ? {} : { command: finding.command }) } }
      : {}),
    ...(finding.status === "warn" && finding.acknowledged
      ? { acknowledged: { reason: finding.reason, until: "2027-01-31" } }
      : {}),
    docs: `docs/probes.md#probe_${index}`,
    durationMs: index,
  }));
  const count = (status: CheckStatus) => checks.filter((check) => check.status === status).length;
  const summary = { block: count("block"), warn: count("warn"), pass: count("pass"), skip: count("skip") };
  const acknowledged = checks.filter((check) => check.acknowledged).length;
  return {
    schema: 1,
    version: "0.1.0",
    mode: "doctor",
    ok: summary.block === 0,
    summary: { ...summary, acknowledged },
    durationMs: 5,
    checks,
  };
});

function isComplaint(status: CheckStatus): boolean {
  return status === "warn" || status === "block";
}
