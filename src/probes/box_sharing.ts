import { usedProfiles } from "../config/used_profiles.ts";
import { quotedName } from "../domain/printable.ts";
import type { ProbeContext } from "./probe.ts";

/** Which profiles share a box: it keeps nothing from one another. None where each session has its own. */
export function boxSharing({ autopilot, profile }: Pick<ProbeContext, "autopilot" | "profile">): string[] {
  const names = [...usedProfiles(autopilot.value, profile).keys()];
  if (autopilot.value.server?.sandbox_mode === "ephemeral" || names.length < 2) return [];
  return [
    `${names.map(quotedName).join(", ")} share one box, one trust domain; ` +
    `sandbox_mode = "ephemeral" under [server] gives each session its own`,
  ];
}
