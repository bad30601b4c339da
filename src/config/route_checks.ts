import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import { CHANNEL_TYPES } from "./channel_schema.ts";
import type { CrossFinding } from "./cross_checks.ts";
import type { Loaded } from "./load.ts";
import type { KeyPath } from "./problem.ts";
import { isTable } from "./raw_tables.ts";
import { type NumberedSchedule, schedulesOf } from "./schedules_of.ts";

const CHANNELS: readonly string[] = CHANNEL_TYPES.map(({ type }) => type);

/** Where notices can go as well; no channel has to be configured for them. */
const ROUTES: readonly string[] = [...CHANNELS, "webhook", "command"];

/** Notices and bindings that name a channel which is not there, or only half of a route. */
export function routeChecks(autopilot: Loaded<AutopilotFile>): CrossFinding[] {
  const { notifications, routing } = autopilot.value;
  const named: [KeyPath, string | undefined, readonly string[]][] = [
    [["notifications", "channel"], notifications?.channel, ROUTES],
    ...schedulesOf(autopilot).map(({ index, schedule }): [KeyPath, string | undefined, readonly string[]] => [
      ["schedules", index, "notify_channel"],
      schedule.notify_channel,
      ROUTES,
    ]),
    ...(routing?.bindings ?? []).map(({ channel }, index): [KeyPath, string, readonly string[]] => [
      ["routing", "bindings", index, "channel"],
      channel,
      CHANNELS,
    ]),
  ];
  return [
    ...named.flatMap(([path, name, known]) =>
      name === undefined ? [] : unknownRoute(autopilot, path, name, known)
    ),
    ...schedulesOf(autopilot).flatMap((entry) => halfRoute(autopilot.value, entry)),
  ];
}

function unknownRoute(
  { raw }: Loaded<AutopilotFile>,
  path: KeyPath,
  name: string,
  known: readonly string[],
): CrossFinding[] {
  if (!known.includes(name)) {
    const guess = nearest(name, known);
    const message = `there is no channel ${quoted(name)}, must be one of ${known.join(", ")}`;
    return [{
      severity: "error",
      path,
      message,
      hint: guess ? `did you mean "${guess}"?` : `write "${known[0]}"`,
    }];
  }
  const channels = isTable(raw) && isTable(raw.channels) ? raw.channels : {};
  if (!CHANNELS.includes(name) || Object.hasOwn(channels, name)) return [];
  const message = `the channel "${name}" is not configured`;
  return [{ severity: "warning", path, message, hint: `stakpak autopilot channel add ${name}` }];
}

function halfRoute({ notifications }: AutopilotFile, { index, schedule }: NumberedSchedule): CrossFinding[] {
  if ((schedule.notify_on ?? notifications?.notify_on) === "none") return [];
  const channel = schedule.notify_channel ?? notifications?.channel;
  const target = schedule.notify_target ?? schedule.notify_chat_id ?? schedule.channel ??
    notifications?.target ?? notifications?.chat_id;
  if ((channel === undefined) === (target === undefined)) return [];
  const [has, lacks] = channel === undefined ? ["target", "channel"] : ["channel", "target"];
  const message = `its notices have a ${has} and no ${lacks}, so none is sent`;
  return [{ severity: "warning", path: ["schedules", index], message, hint: `add notify_${lacks}` }];
}
