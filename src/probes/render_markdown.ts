import { plainText } from "../domain/plain_text.ts";
import type { Check, Report } from "./report.ts";
import { acknowledgement, reportName, totalsLine } from "./report_lines.ts";

/** For a step summary: the totals and a table, one row per check, details folded away. */
export function renderMarkdown(report: Report): string {
  return [
    `## ${reportName(report)}`,
    "",
    totalsLine(report),
    "",
    "| Status | Check | Finding | Fix |",
    "| --- | --- | --- | --- |",
    ...report.checks.map(row),
  ].join("\n") + "\n";
}

function row(check: Check): string {
  const { status, id, summary, details, fix, acknowledged } = check;
  const finding = [
    escaped(summary),
    ...(acknowledged ? [escaped(acknowledgement(acknowledged))] : []),
  ].join("<br>");
  const folded = details?.length
    ? `<details><summary>details</summary>${details.map(escaped).join("<br>")}</details>`
    : "";
  const command = fix?.command === undefined ? "" : `<br><code>${escaped(fix.command)}</code>`;
  const remedy = fix ? escaped(fix.summary) + command : "";
  return `| ${status} | \`${id}\` | ${finding}${folded} | ${remedy} |`;
}

/**
 * Every character that means something to Markdown, HTML or a table as an entity, which none of the three
 * reads as structure; also inside `<code>`, where Markdown still applies. An underscore stays: inside a word
 * it means nothing, and our words are full of them.
 */
function escaped(text: string): string {
  return plainText(text, { newlines: "keep" })
    .replace(/[&<>"'`|*~\[\]\\$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll("\n", "<br>");
}
