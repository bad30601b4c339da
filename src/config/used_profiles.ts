import { quotedName } from "../domain/printable.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { ChannelType } from "./channel_schema.ts";
import type { Schedule } from "./schedule_schema.ts";

/** The profile that a schedule runs under. Source: spec §3.2.3. */
export function profileOfSchedule(schedule: Schedule, autopilot: AutopilotFile, fallback: string): string {
  return schedule.profile ?? autopilot.defaults?.profile ?? fallback;
}

/** The profiles that something runs under, each with who: the fallback first, then schedules, then channels. */
export function usedProfiles(autopilot: AutopilotFile, fallback: string): Map<string, string[]> {
  const uses = new Map<string, string[]>([[fallback, ["default"]]]);
  const note = (profile: string, user: string) => void uses.set(profile, [...uses.get(profile) ?? [], user]);
  for (const schedule of autopilot.schedules ?? []) {
    if (schedule.enabled === false) continue;
    note(profileOfSchedule(schedule, autopilot, fallback), `schedule ${quotedName(schedule.name)}`);
  }
  for (const [type, channel] of Object.entries(autopilot.channels ?? {})) {
    if (channel) note(channel.profile ?? fallback, `channel ${type as ChannelType}`);
  }
  return uses;
}
