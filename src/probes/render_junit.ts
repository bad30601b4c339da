/**
 * JUnit XML as Jenkins and GitLab read it: a block is a failure, a skip is skipped, and a warning is a test
 * that passed with something on its output, because those servers know no warnings.
 *
 * @module
 */
import { plainText } from "../domain/plain_text.ts";
import type { Check, Report } from "./report.ts";
import { explanation, reportName } from "./report_lines.ts";

export function renderJunit(report: Report): string {
  const { summary, checks } = report;
  const counts = `tests="${checks.length}" failures="${summary.block}" errors="0"`;
  const name = `name="${attribute(reportName(report))}"`;
  const time = `time="${seconds(report.durationMs)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${name} ${counts} ${time}>`,
    `  <testsuite ${name} ${counts} skipped="${summary.skip}" ${time}>`,
    ...checks.map(testcase),
    "  </testsuite>",
    "</testsuites>",
  ].join("\n") + "\n";
}

function testcase(check: Check): string {
  const opening =
    `    <testcase classname="stakpak.${attribute(check.category)}" name="${attribute(check.id)}" ` +
    `time="${seconds(check.durationMs)}"`;
  const outcome = outcomeOf(check);
  return outcome === undefined ? `${opening}/>` : `${opening}>\n      ${outcome}\n    </testcase>`;
}

function outcomeOf(check: Check): string | undefined {
  const message = `message="${attribute(check.summary)}"`;
  const lines = content(explanation(check).join("\n"));
  switch (check.status) {
    case "pass":
      return undefined;
    case "skip":
      return `<skipped ${message}/>`;
    case "warn":
      return `<system-out>warning: ${content(plainText(check.summary))}\n${lines}</system-out>`;
    case "block":
      return `<failure type="block" ${message}>${lines}</failure>`;
  }
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** Escapes what is already plain. `>` too, because of `]]>`. */
function content(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function attribute(text: string): string {
  return content(plainText(text)).replaceAll('"', "&quot;");
}
