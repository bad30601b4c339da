import { UserError } from "../domain/error.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { ConfigFile } from "./config_schema.ts";
import type { CrossFinding } from "./cross_checks.ts";
import type { Loaded } from "./load.ts";
import type { KeyPath } from "./problem.ts";
import { tryResolveProfile } from "./resolve_profile.ts";
import { schedulesOf } from "./schedules_of.ts";

/** Profiles that somebody runs under and that do not resolve. */
export function profileChecks(
  config: Loaded<ConfigFile>,
  autopilot: Loaded<AutopilotFile>,
  fallback: string,
): CrossFinding[] {
  const findings = namedProfiles(autopilot, fallback).flatMap(({ path, name, idle }): CrossFinding[] => {
    const found = tryResolveProfile(config, name);
    if (!(found instanceof UserError)) return [];
    const { message, hint } = found;
    return [{ severity: idle ? "warning" : "error", path, message, ...(hint ? { hint } : {}) }];
  });
  // A config.toml that is missing or broken as a whole is one mistake, not one per schedule.
  return !config.exists || config.broken.has("") ? findings.slice(0, 1) : findings;
}

interface NamedProfile {
  readonly path: KeyPath;
  readonly name: string;
  /** Nothing runs under it now. */
  readonly idle: boolean;
}

/** Each profile that is named, and the fallback where somebody relies on it. */
function namedProfiles(autopilot: Loaded<AutopilotFile>, fallback: string): NamedProfile[] {
  const { defaults, channels } = autopilot.value;
  const schedules = schedulesOf(autopilot);
  const relying = schedules.find(({ schedule }) => !schedule.profile && schedule.enabled !== false);
  const shared: NamedProfile[] = defaults?.profile
    ? [{ path: ["defaults", "profile"], name: defaults.profile, idle: false }]
    : relying
    ? [{ path: ["schedules", relying.index], name: fallback, idle: false }]
    : [];
  return [
    ...shared,
    ...schedules.flatMap(({ index, schedule: { profile, enabled } }) =>
      profile ? [{ path: ["schedules", index, "profile"], name: profile, idle: enabled === false }] : []
    ),
    ...Object.entries(channels ?? {}).map(([type, channel]) => ({
      path: channel?.profile ? ["channels", type, "profile"] : ["channels", type],
      name: channel?.profile ?? fallback,
      idle: false,
    })),
  ];
}
