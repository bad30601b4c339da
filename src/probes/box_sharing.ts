import { usedProfiles } from "../config/used_profiles.ts";
import { quotedName } from "../domain/printable.ts";
import type { ProbeContext } from "./probe.ts";

/** One sentence each, for people. */
export interface BoxSharing {
  /** Nobody may have meant it: it is the default. */
  readonly warned: readonly string[];
  /** Asked for in so many words. */
  readonly noted: readonly string[];
}

/**
 * Which profiles share a box: it keeps nothing from one another. Where each session has its own, what these share all
 * the same.
 */
export function boxSharing({ autopilot, profile }: Pick<ProbeContext, "autopilot" | "profile">): BoxSharing {
  const { sandbox, server } = autopilot.value;
  const names = [...usedProfiles(autopilot.value, profile).keys()];
  if (server?.sandbox_mode === "ephemeral") {
    const line = "every session's box sees the one workspace under [sandbox], other sessions' files included";
    return { warned: [], noted: sandbox?.workspace ? [line] : [] };
  }
  if (names.length < 2) return { warned: [], noted: [] };
  const line = `${names.map(quotedName).join(", ")} share one box, one trust domain; ` +
    `sandbox_mode = "ephemeral" under [server] gives each session its own`;
  return { warned: [line], noted: [] };
}
