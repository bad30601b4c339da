import { AUTOPILOT_KIND } from "../config/autopilot_file.ts";
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import { boxMounts } from "../config/box_mounts.ts";
import { checkScriptProblems } from "../config/check_script.ts";
import { cronProblem, DEFAULT_ZONE, inZone, isZone, nextRuns } from "../config/cron.ts";
import { crossChecks } from "../config/cross_checks.ts";
import { editFile } from "../config/edit_file.ts";
import { type Loaded, parseFile } from "../config/load.ts";
import { shortPath } from "../config/paths.ts";
import { resolveProfile } from "../config/resolve_profile.ts";
import {
  addSchedule,
  changeSchedule,
  disableSchedule,
  enableSchedule,
  removeSchedule,
  type ScheduleChange,
} from "../config/schedule_edits.ts";
import { schedulesOf } from "../config/schedules_of.ts";
import type { TomlDocument } from "../config/toml_document.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** The flags of `add` and `edit`, as commander gives them. */
export interface ScheduleOptions extends GlobalOptions, Omit<ScheduleChange, "profile" | "enabled"> {
  readonly maxSteps?: number;
  /** Old name of `notifyTarget`. */
  readonly channel?: string;
  readonly disabled?: true;
  readonly enabled?: true;
}

/** `schedule add NAME`: everything is judged before anything is written. */
export async function addOneSchedule(cli: Cli, options: ScheduleOptions, name: string): Promise<ExitCode> {
  const change = await judged(cli, options);
  const { cron, prompt } = change;
  if (cron === undefined || prompt === undefined) {
    const missing = cron === undefined ? "--cron" : "--prompt";
    throw usage(
      `Cannot add schedule ${JSON.stringify(name)}: ${missing} is missing`,
      "stakpak autopilot schedule add --help",
    );
  }
  if (change.profile === undefined) {
    const inherited = (await cli.loadAutopilot()).value.defaults?.profile;
    resolveProfile(await cli.loadConfig(), inherited ?? cli.profile);
  }
  const after = await edited(
    cli,
    name,
    (document) => addSchedule(document, name, { ...change, cron, prompt }),
  );
  cli.terminal.print(
    `Schedule ${JSON.stringify(name)} added to ${after.file}\n${comingRuns(cli, after, name)}`,
  );
  return EXIT.ok;
}

/** `schedule edit NAME`: what is not named stays as it was written. */
export async function editSchedule(cli: Cli, options: ScheduleOptions, name: string): Promise<ExitCode> {
  const change = await judged(cli, options);
  if (Object.keys(change).length === 0) {
    throw usage(
      `Cannot edit schedule ${JSON.stringify(name)}: no change was named`,
      "stakpak autopilot schedule edit --help",
    );
  }
  const after = await edited(cli, name, (document) => changeSchedule(document, name, change));
  cli.terminal.print(
    `Schedule ${JSON.stringify(name)} changed in ${after.file}\n${comingRuns(cli, after, name)}`,
  );
  return EXIT.ok;
}

/** `schedule remove NAME` */
export async function removeOneSchedule(cli: Cli, _: GlobalOptions, name: string): Promise<ExitCode> {
  const after = await edited(cli, name, (document) => removeSchedule(document, name));
  cli.terminal.print(`Schedule ${JSON.stringify(name)} removed from ${after.file}`);
  return EXIT.ok;
}

/** `schedule enable NAME`, `schedule disable NAME` */
export async function switchSchedule(cli: Cli, name: string, on: boolean): Promise<ExitCode> {
  const after = await edited(
    cli,
    name,
    (document) => (on ? enableSchedule : disableSchedule)(document, name),
  );
  cli.terminal.print(`Schedule ${JSON.stringify(name)} ${on ? "enabled" : "disabled"} in ${after.file}`);
  return EXIT.ok;
}

/** The change that the flags ask for, or a {@linkcode UserError} for the first one that is wrong. */
async function judged(cli: Cli, options: ScheduleOptions): Promise<ScheduleChange> {
  const { maxSteps, channel, disabled, enabled, config: _c, debug: _d, color: _n, ...change } = options;
  const renamed = {
    ...oldName(cli, "--max-steps", "--max-turns", maxSteps, change.maxTurns, "maxTurns"),
    ...oldName(cli, "--channel", "--notify-target", channel, change.notifyTarget, "notifyTarget"),
    ...(disabled ? { enabled: false } : enabled ? { enabled: true } : {}),
  };
  const problem = change.cron === undefined ? undefined : cronProblem(change.cron);
  if (problem) {
    throw usage(
      `Cannot use --cron ${JSON.stringify(change.cron)}: it ${problem}`,
      "such as '*/5 * * * *', or '0 9 * * 1-5' for 9:00 on weekdays",
    );
  }
  if (change.timezone !== undefined && !isZone(change.timezone)) {
    throw usage(
      `Cannot use --timezone ${JSON.stringify(change.timezone)}: there is no such zone`,
      "such as Europe/Berlin or UTC",
    );
  }
  if (typeof change.profile === "string") resolveProfile(await cli.loadConfig(), change.profile);
  if (change.check !== undefined) await judgeCheck(cli, change.check);
  return { ...change, ...renamed } as ScheduleChange;
}

function oldName<T>(
  cli: Cli,
  old: string,
  now: string,
  value: T | undefined,
  other: T | undefined,
  key: string,
): Record<string, T> {
  if (value === undefined) return {};
  if (other !== undefined) throw usage(`Cannot use both ${old} and ${now}`, `use ${now} alone`);
  cli.terminal.warn(`${old} is deprecated; use ${now} instead.`);
  return { [key]: value };
}

async function judgeCheck(cli: Cli, check: string): Promise<void> {
  const [config, autopilot] = await Promise.all([cli.loadConfig(), cli.loadAutopilot()]);
  const mounts = await boxMounts(cli.host, autopilot.value, config.value.profiles ?? {}, cli.paths);
  const problems = await checkScriptProblems(cli.host, cli.paths, check, mounts);
  for (const { severity, message, hint } of problems) {
    if (severity === "error") throw usage(message, hint);
    cli.terminal.note(`note: ${message}; ${hint}`);
  }
}

async function edited(
  cli: Cli,
  name: string,
  edit: (document: TomlDocument) => TomlDocument,
): Promise<Loaded<AutopilotFile>> {
  const { host, paths } = cli;
  const config = await cli.loadConfig();
  const shown = shortPath(paths.autopilot, paths.home);
  let after: Loaded<AutopilotFile> | undefined;
  await editFile(host, paths.autopilot, shown, AUTOPILOT_KIND, (document) => {
    const result = edit(document);
    after = parseFile(result.toString(), shown, AUTOPILOT_KIND);
    return result;
  });
  const index = schedulesOf(after!).find(({ schedule }) => schedule.name === name)?.index;
  const concerns = crossChecks(config, after!, cli.profile).filter(({ key }) =>
    key.startsWith(`schedules[${index}]`)
  );
  for (const { message, hint } of concerns) cli.terminal.warn(hint ? `${message}; ${hint}` : message);
  return after!;
}

function comingRuns(cli: Cli, autopilot: Loaded<AutopilotFile>, name: string): string {
  const schedule = schedulesOf(autopilot).find(({ schedule }) => schedule.name === name)?.schedule;
  if (!schedule) return "";
  const zone = schedule.timezone ?? autopilot.value.defaults?.timezone ?? DEFAULT_ZONE;
  const runs = nextRuns(schedule.cron, zone, cli.host.now(), 3).map((time) => `  ${inZone(time, zone)}`);
  return `Next runs (${zone})${schedule.enabled === false ? ", once enabled" : ""}:\n${runs.join("\n")}`;
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { hint, exitCode: EXIT.usage });
}
