import type { AutopilotFile } from "../config/autopilot_schema.ts";
import { DEFAULT_ZONE, inZone, nextRuns } from "../config/cron.ts";
import type { Loaded } from "../config/load.ts";
import { type ConfigProblem, placeOf } from "../config/problem.ts";
import { isTable, type RawTable, tablesOf } from "../config/raw_tables.ts";
import { DEFAULT_PROFILE } from "../config/profile_names.ts";
import type { Schedule } from "../config/schedule_schema.ts";
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { plainJson } from "../domain/plain_json.ts";
import { quotedName, shownName, shownPath } from "../domain/printable.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { readAutopilot } from "./read_autopilot.ts";
import { table } from "./table.ts";

type Options = GlobalOptions & { json?: true };

/** One row of the list: a schedule of the file, right or broken. */
interface Row {
  readonly name: string;
  readonly state: "enabled" | "disabled" | "broken";
  readonly schedule?: Schedule;
  /** As it was written. */
  readonly written: RawTable;
  readonly problem?: ConfigProblem;
  readonly zone: string;
  readonly next?: Date;
}

/** `schedule list`: in the order of the file; one broken schedule does not hide the others. */
export async function listSchedules(cli: Cli, { json }: Options): Promise<ExitCode> {
  const autopilot = await readAutopilot(cli);
  const rows = rowsOf(autopilot, cli.host.now());
  if (json) cli.terminal.print(plainJson(rows.map(jsonOf)));
  else if (rows.length === 0) {
    cli.terminal.note("No schedules configured.\nhint: stakpak autopilot schedule add --help");
  } else {cli.terminal.print(table(
      ["NAME", "CRON", "STATE", "PROFILE", "NEXT RUN"],
      rows.map((row) => cellsOf(row, autopilot)),
    ));}
  for (const { problem } of rows) if (problem) cli.terminal.warn(`${placeOf(problem)}: ${problem.message}`);
  return EXIT.ok;
}

/** `schedule show NAME` */
export async function showSchedule(cli: Cli, { json }: Options, name: string): Promise<ExitCode> {
  const autopilot = await readAutopilot(cli);
  const rows = rowsOf(autopilot, cli.host.now());
  const row = rows.find((candidate) => candidate.name === name);
  if (!row) throw unknownSchedule(name, rows.map((candidate) => candidate.name));
  if (row.problem) {
    throw new UserError(
      `Cannot show schedule ${quotedName(name)} (${placeOf(row.problem)}): ${row.problem.message}`,
      { hint: row.problem.hint ?? "stakpak config validate" },
    );
  }
  const next = nextRuns(row.schedule!.cron, row.zone, cli.host.now(), 3);
  if (json) cli.terminal.print(plainJson({ ...jsonOf(row), nextRuns: next }));
  else {
    const keys = Object.entries(written(row)).map(([key, value]) => [key, String(value)]);
    const runs = next.map((time) => ["next run", inZone(time, row.zone)]);
    cli.terminal.print(
      [...keys, ["profile in force", profileOf(row.schedule!, autopilot)], ...runs].map(([key, value]) =>
        `${key!.padEnd(18)}${value}`
      ).join("\n"),
    );
  }
  return EXIT.ok;
}

/** An error that names the schedule meant. */
export function unknownSchedule(name: string, names: readonly string[]): UserError {
  const guess = nearest(name, names);
  return new UserError(
    `Cannot find schedule ${quotedName(name)}: ${
      names.length === 0 ? "there are no schedules" : `there are ${names.map(quotedName).join(", ")}`
    }`,
    {
      hint: guess ? `did you mean "${guess}"?` : "stakpak autopilot schedule list",
      exitCode: EXIT.usage,
    },
  );
}

function rowsOf(autopilot: Loaded<AutopilotFile>, now: Date): Row[] {
  const right = [...autopilot.value.schedules ?? []];
  const broken = autopilot.broken;
  const all = isTable(autopilot.raw) ? tablesOf(autopilot.raw, "schedules") : [];
  return all.map(([path, table]): Row => {
    const problem = broken.get(`schedules[${path[1]}]`);
    const name = typeof table.name === "string" ? table.name : `schedules[${path[1]}]`;
    const schedule = problem ? undefined : right.shift();
    if (!schedule) {
      return { name, state: "broken", written: table, zone: DEFAULT_ZONE, ...(problem ? { problem } : {}) };
    }
    const zone = schedule.timezone ?? autopilot.value.defaults?.timezone ?? DEFAULT_ZONE;
    const next = nextRuns(schedule.cron, zone, now, 1)[0];
    const state = schedule.enabled === false ? "disabled" : "enabled";
    return { name, state, schedule, written: table, zone, ...(next && state === "enabled" ? { next } : {}) };
  });
}

function cellsOf(row: Row, autopilot: Loaded<AutopilotFile>): string[] {
  const name = shownName(row.name);
  if (!row.schedule) return [name, "-", row.state, "-", "-"];
  return [
    name,
    row.schedule.cron,
    row.state,
    shownName(profileOf(row.schedule, autopilot)),
    row.next ? inZone(row.next, row.zone) : "-",
  ];
}

function jsonOf(row: Row): Record<string, unknown> {
  const { name, state, problem, zone, next } = row;
  const detail = problem ? { problem } : { schedule: written(row) };
  return { name: shownName(name), state, zone, nextRun: next ?? null, ...detail };
}

/** How keys are shown whose value should be a name or a path; another text there may be a key pasted by mistake. */
const SHOWN_AS: Readonly<Record<string, (value: string) => string>> = {
  profile: shownName,
  "notify_channel": shownName,
  check: shownPath,
  workdir: shownPath,
};

/** The schedule as it was written. */
function written(row: Row): RawTable {
  const shown = (
    [key, value]: [string, unknown],
  ) => [key, typeof value === "string" ? (SHOWN_AS[key] ?? String)(value) : value];
  return Object.fromEntries(Object.entries(row.written).map(shown));
}

function profileOf(schedule: Schedule, autopilot: Loaded<AutopilotFile>): string {
  return schedule.profile ?? autopilot.value.defaults?.profile ?? DEFAULT_PROFILE;
}
