import { AUTOPILOT_KIND } from "../config/autopilot_file.ts";
import { editFile } from "../config/edit_file.ts";
import { allowEgress, denyEgress, stillAllowedBy } from "../config/egress_edits.ts";
import { shortPath } from "../config/paths.ts";
import { placeOf } from "../config/problem.ts";
import type { TomlDocument } from "../config/toml_document.ts";
import { parseEgressRule } from "../domain/egress_rule.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { opensTooMuch } from "../domain/shared_hosts.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { readAutopilot } from "./read_autopilot.ts";

const IN_FORCE = "Boxes that run follow within a second";

/** `warden list` */
export async function listRules(cli: Cli, { json }: GlobalOptions & { json?: true }): Promise<ExitCode> {
  const { terminal } = cli;
  const rules = await rulesOf(cli);
  if (json) terminal.print(plainJson({ schema: 1, rules }));
  else if (rules.length === 0) {
    terminal.note("No rules: boxes connect nowhere\nhint: stakpak warden allow github.com:443");
  } else terminal.print(rules.join("\n"));
  if (!json) { for (const rule of rules) warnOf(cli, rule); }
  return EXIT.ok;
}

/** `warden allow HOST:PORT…`: all or none. */
export async function allowRules(cli: Cli, _: GlobalOptions, rules: readonly string[]): Promise<ExitCode> {
  const changed = await edited(cli, (document) => rules.reduce(allowEgress, document));
  const shown = shortPath(cli.paths.autopilot, cli.paths.home);
  cli.terminal.print(
    changed
      ? `Allowed in ${shown}: ${rules.join(", ")}\n${IN_FORCE}`
      : `Allowed already in ${shown}: ${rules.join(", ")}`,
  );
  for (const rule of rules) warnOf(cli, rule);
  return EXIT.ok;
}

/** `warden deny HOST:PORT…`: all or none. */
export async function denyRules(cli: Cli, _: GlobalOptions, rules: readonly string[]): Promise<ExitCode> {
  await edited(cli, (document) => rules.reduce(denyEgress, document));
  const shown = shortPath(cli.paths.autopilot, cli.paths.home);
  cli.terminal.print(`No longer allowed by ${shown}: ${rules.join(", ")}\n${IN_FORCE}`);
  const left = await rulesOf(cli);
  for (const rule of rules) {
    const wider = stillAllowedBy(left, rule);
    if (wider.length > 0) cli.terminal.warn(`${rule} is still allowed, by ${wider.join(" and ")}`);
  }
  return EXIT.ok;
}

async function edited(
  { host, paths }: Cli,
  edit: (document: TomlDocument) => TomlDocument,
): Promise<boolean> {
  const shown = shortPath(paths.autopilot, paths.home);
  return await editFile(host, paths.autopilot, shown, AUTOPILOT_KIND, edit);
}

async function rulesOf(cli: Cli): Promise<readonly string[]> {
  const { broken, value } = await readAutopilot(cli);
  const problem = broken.get("sandbox");
  if (!problem) return value.sandbox?.egress ?? [];
  throw new UserError(`Cannot list the egress rules (${placeOf(problem)}): ${problem.message}`, {
    hint: problem.hint ?? "stakpak config validate",
    exitCode: EXIT.usage,
  });
}

function warnOf({ terminal }: Cli, text: string): void {
  const rule = parseEgressRule(text);
  const problem = typeof rule === "string" ? undefined : opensTooMuch(rule);
  if (problem) terminal.warn(`${text} ${problem}: what the box holds can be sent to a stranger`);
}
