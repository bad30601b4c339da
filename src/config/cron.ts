/**
 * Cron expressions: five fields, IANA zones, computed by croner. The only file that knows the library.
 *
 * Five-part mode and UTC unless a zone is named; day of month and day of week combine with OR, as in crontab(5).
 *
 * @module
 */
import { Cron } from "croner";
import { mayShow } from "../domain/printable.ts";

/** The zone of a schedule that names none. */
export const DEFAULT_ZONE = "UTC";

/** A date far from every rare occurrence's end, to tell whether an expression ever runs. */
const REFERENCE = new Date("2024-01-01T00:00:00Z");

const NICKNAMES = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];

/** Why `expression` is not a usable schedule, or `undefined` when it is. Completes "cron … ". */
export function cronProblem(expression: string): string | undefined {
  const fields = expression.split(/\s+/).filter(Boolean);
  if (fields.length === 1 && fields[0]!.startsWith("@")) {
    return NICKNAMES.includes(fields[0]!.toLowerCase())
      ? undefined
      : `is no nickname, must be ${NICKNAMES.join(", ")} or five fields`;
  }
  if (fields.length !== 5) {
    return `has ${fields.length} fields, must have 5 (minute hour day-of-month month day-of-week)`;
  }
  try {
    const next = new Cron(expression, { timezone: DEFAULT_ZONE, mode: "5-part" }).nextRun(REFERENCE);
    return next ? undefined : "never runs, must name a day that exists";
  } catch (error) {
    // The library's reason repeats parts of the expression.
    return `is not a cron expression${mayShow(expression) ? `: ${reasonOf(error)}` : ""}`;
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^CronPattern: /, "").replace(/, but pattern .*$/, "");
}

/** Answers of {@linkcode isZone}: the platform takes long to look one up, and files name few. */
const knownZones = new Set<string>();

/** Whether `zone` is an IANA zone name: `Europe/Berlin`, `UTC`. Offsets such as `+02:00` are not. */
export function isZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

/** The next `count` times after `from` at which a valid `expression` is due. Fewer when the calendar ends. */
export function nextRuns(expression: string, zone: string, from: Date, count: number): Date[] {
  return new Cron(expression, { timezone: zone, mode: "5-part" }).nextRuns(count, from);
}

/** `2026-11-23 09:00 GMT+1`: a time as read on a clock in `zone`, with the difference it has that day. */
export function inZone(time: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  }).formatToParts(time);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")} ${
    part("timeZoneName")
  }`;
}
