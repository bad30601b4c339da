import { checkScriptProblems } from "../config/check_script.ts";
import { crossChecks } from "../config/cross_checks.ts";
import { type ConfigProblem, keyText } from "../config/problem.ts";
import { schedulesOf } from "../config/schedules_of.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { problemLines } from "./problem_lines.ts";
import { usedMounts } from "./used_mounts.ts";

/** Whether each schedule could run: its times, zone, profile, route, check script and tools. */
export const scheduleConfig: Probe = {
  id: "schedule_config",
  title: "Schedules",
  category: "configuration",
  occasions: ["doctor"],
  async check(context) {
    const { config, autopilot, profile } = context;
    const schedules = schedulesOf(autopilot);
    const broken = [...autopilot.broken].filter(([part]) => /^(schedules|defaults)(\[|$)/.test(part))
      .map(([, problem]) => problem);
    const between = crossChecks(config, autopilot, profile).filter(({ key }) => !key.startsWith("channels"));
    const problems = [...broken, ...between, ...await checkScripts(context)];
    if (schedules.length === 0 && problems.length === 0) {
      return { status: "skip", summary: "No schedules configured" };
    }
    const details = problemLines(problems);
    const fix = { summary: "Correct these schedules", command: "stakpak config validate" };
    if (problems.some(({ severity }) => severity === "error")) {
      return { status: "block", summary: "Schedule config invalid", details, fix };
    }
    if (problems.length > 0) return { status: "warn", summary: "Schedule config needs a look", details, fix };
    const enabled = schedules.filter(({ schedule }) => schedule.enabled !== false).length;
    const count = schedules.length === 1 ? "1 schedule" : `${schedules.length} schedules`;
    return {
      status: "pass",
      summary: `Schedule config valid (${count}, ${enabled} enabled)`,
    };
  },
};

async function checkScripts(context: ProbeContext): Promise<ConfigProblem[]> {
  const { host, paths, autopilot } = context;
  const mounts = await usedMounts(context);
  const found: ConfigProblem[] = [];
  for (const { index, schedule: { check } } of schedulesOf(autopilot)) {
    if (!check) continue;
    const path = ["schedules", index, "check"];
    const place = { file: autopilot.file, ...autopilot.place(path), key: keyText(path) };
    for (const problem of await checkScriptProblems(host, paths, check, mounts)) {
      found.push({ ...place, ...problem });
    }
  }
  return found;
}
