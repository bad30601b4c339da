/**
 * Workflow commands of the GitHub Actions runner, one line per check: `error`, `warning`, and `notice` for what
 * is acknowledged are annotations. What passed or was skipped is `debug`: the runner shows no more than ten
 * annotations of a kind per step, and good news must not crowd out the rest.
 *
 * Source of the escapes: `ActionCommand.cs` of actions/runner.
 *
 * @module
 */
import { plainText } from "../domain/plain_text.ts";
import type { Check, Report } from "./report.ts";
import { explanation } from "./report_lines.ts";

export function renderGithub(report: Report): string {
  return report.checks.map((check) => `${commandOf(check)}\n`).join("");
}

function commandOf(check: Check): string {
  const summary = plainText(check.summary);
  if (check.status === "pass" || check.status === "skip") {
    // The runner shows only the text of a debug command, so the id stands in it.
    return `::debug::${escapeData(`${check.status} ${check.id}: ${summary}`)}`;
  }
  const command = check.status === "block" ? "error" : check.acknowledged ? "notice" : "warning";
  const title = escapeProperty(`stakpak: ${check.id}`);
  return `::${command} title=${title}::${escapeData([summary, ...explanation(check)].join("\n"))}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
