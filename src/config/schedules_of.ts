import type { AutopilotFile } from "./autopilot_schema.ts";
import type { Loaded } from "./load.ts";
import { partName } from "./problem.ts";
import { isTable } from "./raw_tables.ts";
import type { Schedule } from "./schedule_schema.ts";

/** A schedule that is right, and which of the file's `[[schedules]]` it is. */
export interface NumberedSchedule {
  /** Counts the broken ones too, from 0. */
  readonly index: number;
  readonly schedule: Schedule;
}

/** The schedules that are right, in the file's order. */
export function schedulesOf({ value, raw, broken }: Loaded<AutopilotFile>): NumberedSchedule[] {
  const written = isTable(raw) && Array.isArray(raw.schedules) ? raw.schedules.length : 0;
  const indexes = [...Array(written).keys()].filter((index) => !broken.has(partName(["schedules", index])));
  return (value.schedules ?? []).map((schedule, at) => ({ index: indexes[at] ?? at, schedule }));
}
