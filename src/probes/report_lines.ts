/**
 * The words that several formats share. Everything here is plain text: one line each, nothing unseen.
 *
 * @module
 */
import { plainText } from "../domain/plain_text.ts";
import type { Check, Report } from "./report.ts";

/** `stakpak preflight` or `stakpak doctor`. */
export function reportName(report: Report): string {
  return `stakpak ${report.mode === "startup" ? "preflight" : "doctor"}`;
}

/** `1 blocking, 2 warnings (1 acknowledged), 3 passed, 1 skipped in 1.2 s`. */
export function totalsLine({ summary, durationMs }: Report): string {
  const { block, warn, pass, skip, acknowledged } = summary;
  const warnings = `${warn} ${warn === 1 ? "warning" : "warnings"}`;
  const accepted = acknowledged > 0 ? ` (${acknowledged} acknowledged)` : "";
  const seconds = (durationMs / 1000).toFixed(1);
  return `${block} blocking, ${warnings}${accepted}, ${pass} passed, ${skip} skipped in ${seconds} s`;
}

/**
 * What stands under a check's summary: details, acknowledgement, fix, command. Each line of a detail starts
 * with a bar, so that no line starts with words of other programs: a CI runner takes such lines for commands.
 */
export function explanation(check: Check): string[] {
  const { details = [], acknowledged, fix } = check;
  return [
    ...details.flatMap((detail) => plainText(detail, { newlines: "keep" }).split("\n")).map((line) =>
      `| ${line}`
    ),
    ...(acknowledged ? [acknowledgement(acknowledged)] : []),
    ...(fix ? [`fix: ${plainText(fix.summary)}`] : []),
    ...(fix?.command === undefined ? [] : [`run: ${plainText(fix.command)}`]),
  ];
}

/** `acknowledged until 2027-01-31: replaced in January`. */
export function acknowledgement({ until, reason }: NonNullable<Check["acknowledged"]>): string {
  return `acknowledged until ${plainText(until)}: ${plainText(reason)}`;
}
