/**
 * SARIF 2.1.0: a rule per probe, a result per check.
 *
 * GitHub code scanning refuses a result without a location inside the repository, though a finding about a
 * machine has none: line 1 of `autopilot.toml` stands in, and says so. It also opens an alert for every result,
 * whatever its `kind` and `suppressions`; `docs/ci.md` shows what to leave out of the upload.
 *
 * @module
 */
import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import type { Check, Report } from "./report.ts";
import { explanation, reportName } from "./report_lines.ts";

const REPOSITORY = "https://github.com/stakpak/agent";
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const LOCATION = {
  physicalLocation: { artifactLocation: { uri: "autopilot.toml" }, region: { startLine: 1 } },
  message: { text: "The finding is about the machine; this line only stands in for it." },
};

export function renderSarif(report: Report): string {
  const rules = report.checks.map(ruleOf);
  const driver = { name: "stakpak", semanticVersion: report.version, informationUri: REPOSITORY, rules };
  return plainJson({
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [{
      tool: { driver },
      // What is before the last slash is the category: doctor and preflight do not close each other's alerts.
      automationDetails: { id: `${reportName(report).replace(" ", "/")}/` },
      invocations: [{ executionSuccessful: true }],
      results: report.checks.map(resultOf),
    }],
  });
}

function ruleOf({ id, title, docs, category, fix }: Check): unknown {
  const explained = `${REPOSITORY}/blob/main/${docs}`;
  const command = fix?.command === undefined ? [] : [`Run: ${plainText(fix.command)}`];
  const help = fix ? [plainText(fix.summary), ...command] : [`See ${explained}`];
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: explained,
    help: { text: help.join("\n") },
    properties: { tags: [category] },
  };
}

function resultOf(check: Check, ruleIndex: number): unknown {
  const text = [plainText(check.summary), ...explanation(check)].join("\n");
  const justification = check.acknowledged && plainText(check.acknowledged.reason);
  return {
    ruleId: check.id,
    ruleIndex,
    ...verdictOf(check),
    message: { text },
    locations: [LOCATION],
    // Empty means "not suppressed"; absent would mean "not known".
    suppressions: check.acknowledged ? [{ kind: "external", status: "accepted", justification }] : [],
  };
}

function verdictOf({ status, acknowledged }: Check): { kind: string; level: string } {
  switch (status) {
    case "block":
      return { kind: "fail", level: "error" };
    case "warn":
      return { kind: "fail", level: acknowledged ? "note" : "warning" };
    case "pass":
      return { kind: "pass", level: "none" };
    case "skip":
      return { kind: "notApplicable", level: "none" };
  }
}
