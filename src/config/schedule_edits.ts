/**
 * Changes to the schedules of `autopilot.toml`, by name. Pure: a document in, a document out.
 *
 * Values are not judged here: `editFile` refuses a file that an edit made wrong.
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quotedName } from "../domain/printable.ts";
import { withGatewayUrl } from "./notification_route.ts";
import type { KeyPath } from "./problem.ts";
import { tablesOf } from "./raw_tables.ts";
import type { TomlDocument } from "./toml_document.ts";

/** What the flags of `schedule add` and `schedule edit` say about a schedule. Absent means not said. */
export interface ScheduleChange {
  readonly cron?: string;
  readonly timezone?: string;
  readonly prompt?: string;
  readonly profile?: string;
  readonly check?: string;
  readonly triggerOn?: string;
  readonly timeout?: string;
  readonly checkTimeout?: string;
  readonly maxTurns?: number;
  readonly pauseOnApproval?: boolean;
  readonly sandbox?: boolean;
  readonly notifyOn?: string;
  readonly notifyChannel?: string;
  readonly notifyTarget?: string;
  readonly enabled?: boolean;
}

/** The key of each flag, in the order in which they are written, and the old spellings that it replaces. */
const KEYS: readonly { flag: keyof ScheduleChange; key: string; old?: readonly string[] }[] = [
  { flag: "cron", key: "cron" },
  { flag: "timezone", key: "timezone" },
  { flag: "prompt", key: "prompt" },
  { flag: "profile", key: "profile" },
  { flag: "check", key: "check" },
  { flag: "triggerOn", key: "trigger_on" },
  { flag: "timeout", key: "timeout" },
  { flag: "checkTimeout", key: "check_timeout" },
  { flag: "maxTurns", key: "max_turns", old: ["max_steps"] },
  { flag: "pauseOnApproval", key: "pause_on_approval" },
  { flag: "sandbox", key: "sandbox" },
  { flag: "notifyOn", key: "notify_on" },
  { flag: "notifyChannel", key: "notify_channel" },
  { flag: "notifyTarget", key: "notify_target", old: ["notify_chat_id", "channel"] },
  { flag: "enabled", key: "enabled" },
];

/** Adds a schedule behind the others; it is enabled unless the change says otherwise. */
export function addSchedule(
  document: TomlDocument,
  name: string,
  change: ScheduleChange & Required<Pick<ScheduleChange, "cron" | "prompt">>,
): TomlDocument {
  const trimmed = name.trim();
  if (pathsOf(document, trimmed).length > 0) {
    throw new UserError(`Schedule ${typed(trimmed)} already exists`, {
      hint: "stakpak autopilot schedule edit changes it",
      exitCode: EXIT.usage,
    });
  }
  const given: ScheduleChange = { enabled: true, ...change };
  const keys = Object.fromEntries(KEYS.map(({ flag, key }) => [key, given[flag]]));
  return routed(document.pushTable(["schedules"], { name: trimmed, ...keys }), change);
}

/** Removes a schedule, also one that is wrong, with the comments directly above it. */
export function removeSchedule(document: TomlDocument, name: string): TomlDocument {
  return document.removeTable(pathOf(document, name));
}

export function enableSchedule(document: TomlDocument, name: string): TomlDocument {
  return changeSchedule(document, name, { enabled: true });
}

export function disableSchedule(document: TomlDocument, name: string): TomlDocument {
  return changeSchedule(document, name, { enabled: false });
}

/** Writes what the change says into a schedule, and leaves its other keys as they are. */
export function changeSchedule(document: TomlDocument, name: string, change: ScheduleChange): TomlDocument {
  const path = pathOf(document, name);
  const changed = KEYS.reduce((edited, { flag, key, old = [] }) => {
    const value = change[flag];
    if (value === undefined) return edited;
    return old.reduce((rest, oldKey) => rest.unset([...path, oldKey]), edited).set([...path, key], value);
  }, document);
  return routed(changed, change);
}

function routed(document: TomlDocument, change: ScheduleChange): TomlDocument {
  const hasRoute = change.notifyChannel !== undefined || change.notifyTarget !== undefined;
  return hasRoute ? withGatewayUrl(document) : document;
}

function pathOf(document: TomlDocument, name: string): KeyPath {
  const [path, second] = pathsOf(document, name.trim());
  if (!path) throw unknownSchedule(document, name);
  if (!second) return path;
  const places = `${document.placeOf(path)} and ${document.placeOf(second)}`;
  throw new UserError(`Cannot edit schedule ${typed(name)}: two have this name (${places}), must be unique`, {
    hint: "give one of them another name in the file",
    exitCode: EXIT.usage,
  });
}

function pathsOf(document: TomlDocument, name: string): KeyPath[] {
  return tablesOf(document.raw, "schedules").filter(([, { name: other }]) =>
    typeof other === "string" && other.trim() === name
  ).map(([path]) => path);
}

function unknownSchedule(document: TomlDocument, name: string): UserError {
  const names = tablesOf(document.raw, "schedules").map(([, schedule]) => schedule.name)
    .filter((other) => typeof other === "string");
  const has = names.length > 0 ? `it has ${names.map(quotedName).join(", ")}` : "it has none";
  const guess = nearest(name, names);
  return new UserError(
    `Cannot find schedule ${typed(name)}: ${document.file} has no such schedule, ${has}`,
    { hint: guess ? `did you mean "${guess}"?` : "stakpak autopilot schedule list", exitCode: EXIT.usage },
  );
}

/** A name as it was typed on the command line: not from a file, so it may be shown. */
function typed(name: string): string {
  return JSON.stringify(name);
}
