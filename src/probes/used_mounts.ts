import { type BoxMount, boxMounts } from "../config/box_mounts.ts";
import type { ProbeContext } from "./probe.ts";

/** What boxes can see of this machine under any profile of the file: the rules hold for all of them. */
export function usedMounts({ host, autopilot, config, paths }: ProbeContext): Promise<BoxMount[]> {
  return boxMounts(host, autopilot.value, config.value.profiles ?? {}, paths);
}
