import type { Command } from "@commander-js/extra-typings";
import { channelCommand } from "./channel.ts";
import type { Start } from "./cli.ts";
import { doctorCommand } from "./doctor.ts";
import { group } from "./leaf.ts";
import { scheduleCommand } from "./schedule.ts";

/** `autopilot`: everything about the agent that runs by itself. */
export function autopilotCommand(start: Start): Command {
  return group("autopilot", "what the agent does by itself: schedules, channels, readiness")
    .addCommand(doctorCommand(start))
    .addCommand(scheduleCommand(start))
    .addCommand(channelCommand(start));
}
