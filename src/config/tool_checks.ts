import { UserError } from "../domain/error.ts";
import { quotedName } from "../domain/printable.ts";
import { TOOL_NAMES } from "../domain/tool_names.ts";
import { fullPattern, isOwnTool, matchesTool } from "../domain/tool_pattern.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { ConfigFile } from "./config_schema.ts";
import type { CrossFinding } from "./cross_checks.ts";
import type { Loaded } from "./load.ts";
import { tryResolveProfile } from "./resolve_profile.ts";
import { schedulesOf } from "./schedules_of.ts";
import { profileOfSchedule } from "./used_profiles.ts";

/** Schedules whose runs would have no tools: they could only talk, which is nearly always a mistake. */
export function toolChecks(
  config: Loaded<ConfigFile>,
  autopilot: Loaded<AutopilotFile>,
  fallback: string,
): CrossFinding[] {
  const { defaults, server } = autopilot.value;
  return schedulesOf(autopilot).flatMap(({ index, schedule }): CrossFinding[] => {
    const path = ["schedules", index];
    if ((schedule.sandbox ?? defaults?.sandbox) === false && server?.host_tools !== true) {
      const message = "sandbox = false means that its runs have no tools";
      return [{ severity: "warning", path, message, hint: "remove sandbox = false" }];
    }
    const name = profileOfSchedule(schedule, autopilot.value, fallback);
    const profile = tryResolveProfile(config, name);
    if (profile instanceof UserError || !profile.allowedTools) return [];
    if (profile.allowedTools.some(mayMeanTools)) return [];
    const message = `its runs have no tools: allowed_tools of the profile ${quotedName(name)} names none`;
    return [{
      severity: "warning",
      path,
      message,
      hint: 'allowed_tools = ["view"], or remove the line for all',
    }];
  });
}

/** What other servers offer is not known before they are asked. */
function mayMeanTools(pattern: string): boolean {
  return !isOwnTool(fullPattern(pattern)) ||
    TOOL_NAMES.some(({ name, available }) => available && matchesTool(pattern, fullPattern(name)));
}
