import { shortPath } from "../config/paths.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import type { Probe } from "./probe.ts";
import { problemLines } from "./problem_lines.ts";

/** Old spellings that still work, or that have no effect, and what to write instead. */
export const deprecatedConfig: Probe = {
  id: "deprecated_config",
  title: "Deprecated configuration",
  category: "configuration",
  occasions: ["doctor"],
  async check({ host, paths, config, autopilot }) {
    const old = [...config.problems, ...autopilot.problems].filter(({ deprecated }) => deprecated);
    const legacy = `${paths.state}/auth.toml`;
    const details = problemLines(old);
    if (await isThere(host, legacy)) {
      details.push(`${shortPath(legacy, paths.home)}: not read; move its keys into config.toml`);
    }
    if (details.length === 0) return { status: "pass", summary: "No deprecated configuration" };
    const movable = old.some(({ hint }) => hint === "stakpak config migrate --write");
    return {
      status: "warn",
      summary: details.length === 1 ? "1 old spelling" : `${details.length} old spellings`,
      details,
      fix: movable
        ? { summary: "Move inline channel settings into profiles", command: "stakpak config migrate --write" }
        : { summary: "Write what each line says instead" },
    };
  },
};

/** Where nobody may look, config_files has said so. */
async function isThere(host: Inspection, path: string): Promise<boolean> {
  try {
    return await host.linkStatus(path) !== undefined;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}
