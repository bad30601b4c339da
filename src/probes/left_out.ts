import type { ProbeContext, ProbeResult } from "./probe.ts";

/**
 * A skip when `[part]` of autopilot.toml is wrong, or the whole file: what stands there was left out when it was
 * read, and the answer would be about something that nobody wrote. config_files blocks and says what is wrong.
 */
export function leftOut(
  { autopilot }: Pick<ProbeContext, "autopilot">,
  part: "server" | "sandbox",
): ProbeResult | undefined {
  if (!autopilot.broken.has("") && !autopilot.broken.has(part)) return undefined;
  return { status: "skip", summary: `Skipped: [${part}] of ${autopilot.file} cannot be used as it is` };
}
