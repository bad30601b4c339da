import { usedProfiles } from "../config/used_profiles.ts";
import { quotedName } from "../domain/printable.ts";
import type { ProbeContext } from "./probe.ts";

/**
 * Which profiles share a box: it keeps nothing from one another. Where each session has its own, what these share all
 * the same.
 */
export function boxSharing({ autopilot, profile }: Pick<ProbeContext, "autopilot" | "profile">): string[] {
  const { sandbox, server } = autopilot.value;
  const names = [...usedProfiles(autopilot.value, profile).keys()];
  if (server?.sandbox_mode === "ephemeral") {
    return sandbox?.workspace
      ? ["every session's box sees the one workspace under [sandbox], other sessions' files included"]
      : [];
  }
  if (names.length < 2) return [];
  return [
    `${names.map(quotedName).join(", ")} share one box, one trust domain; ` +
    `sandbox_mode = "ephemeral" under [server] gives each session its own`,
  ];
}
