import type { Report } from "../probes/report.ts";

/** `stakpak` where a shell would start a command: at the start of a line, or behind `&&`, `|`, `;`, `(`. */
const OUR_NAME = /(^|&&\s*|[|;(]\s*)stakpak (?=[a-z])/g;

/** What npx calls the Deno of this checkout, where none is on PATH. */
const NPX = "npx -y deno@2.9.6";

/** The report with fixes that can be pasted where the program is not installed, as in a checkout. */
export function pasteable(report: Report, program: readonly string[]): Report {
  if (program.length === 1) return report;
  const checks = report.checks.map((check) => {
    const command = check.fix?.command && pasteableCommand(check.fix.command, program);
    return check.fix && command !== undefined ? { ...check, fix: { ...check.fix, command } } : check;
  });
  return { ...report, checks };
}

/** A command line of ours as it can be pasted here. */
export function pasteableCommand(command: string, program: readonly string[]): string {
  if (program.length === 1) return command;
  const deno = /[/\\]_npx[/\\]/.test(program[0]!) ? NPX : "deno";
  return command.replace(OUR_NAME, `$1${deno} task stakpak `);
}
