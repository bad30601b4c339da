import { loadAutopilot } from "../../src/config/autopilot_file.ts";
import { loadConfig } from "../../src/config/config_file.ts";
import { DEFAULT_LISTEN, parseListen } from "../../src/config/listen.ts";
import { statePaths } from "../../src/config/paths.ts";
import type { Inspection } from "../../src/host/inspection.ts";
import type { Occasion, Probe, ProbeContext, ProbeResult } from "../../src/probes/probe.ts";

/** What a probe sees on `host`, with the files that are there. */
export async function contextOn(host: Inspection, occasion: Occasion = "doctor"): Promise<ProbeContext> {
  const paths = statePaths(host);
  const [config, autopilot] = await Promise.all([loadConfig(host, paths), loadAutopilot(host, paths)]);
  const listen = parseListen(autopilot.value.server?.listen ?? DEFAULT_LISTEN)!;
  return {
    host,
    paths,
    config,
    autopilot,
    profile: "default",
    listen,
    occasion,
    signal: new AbortController().signal,
  };
}

/** A probe that answers what it is told. */
export function probeThat(
  id: string,
  answer: ProbeResult | Probe["check"],
  needs: readonly string[] = [],
): Probe {
  const check = typeof answer === "function" ? answer : () => Promise.resolve(answer);
  return { id, title: `Title of ${id}`, category: "machine", occasions: ["doctor"], needs, check };
}

export const PASS: ProbeResult = { status: "pass", summary: "fine" };
export const BLOCK: ProbeResult = { status: "block", summary: "not fine", fix: { summary: "mend it" } };
export const WARN: ProbeResult = { status: "warn", summary: "not quite", fix: { summary: "look at it" } };
