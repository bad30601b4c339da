import type { Inspection } from "../host/inspection.ts";

/** Holds what the other profiles inherit; cannot be used itself. */
export const SHARED_PROFILE = "all";
/** The profile meant where none is named. */
export const DEFAULT_PROFILE = "default";

/** The profile that a server runs under, unless its command line names another. */
export function usualProfile(host: Pick<Inspection, "env">): string {
  return host.env("STAKPAK_PROFILE") || DEFAULT_PROFILE;
}
