import { crossChecks } from "../config/cross_checks.ts";
import { type ConfigProblem, placeOf } from "../config/problem.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** `config validate`: exits 1 when there is an error in either file; warnings do not fail. */
export async function validateConfig(cli: Cli, { json }: GlobalOptions & { json?: true }): Promise<ExitCode> {
  const { terminal } = cli;
  const [config, autopilot] = await Promise.all([cli.loadConfig(), cli.loadAutopilot()]);
  const problems = [...config.problems, ...autopilot.problems, ...crossChecks(config, autopilot)];
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const ok = errors === 0;
  if (json) {
    const files = [config, autopilot].map(({ file, exists }) => ({ file, exists }));
    terminal.print(plainJson({ ok, files, problems }));
    return ok ? EXIT.ok : EXIT.failed;
  }
  for (const problem of problems) terminal.print(problemText(problem));
  for (const { file, exists } of [config, autopilot]) {
    if (!exists) terminal.note(`${file} does not exist: nothing to check there`);
  }
  terminal.print(`${count(errors, "error")}, ${count(problems.length - errors, "warning")}`);
  return ok ? EXIT.ok : EXIT.failed;
}

/** `~/.stakpak/config.toml:12:13: error: …`, the hint indented under it. */
export function problemText(problem: ConfigProblem): string {
  const hint = problem.hint ? `\n  hint: ${problem.hint}` : "";
  return `${placeOf(problem)}: ${problem.severity}: ${problem.message}${hint}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
