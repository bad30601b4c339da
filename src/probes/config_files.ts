import { UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quotedName } from "../domain/printable.ts";
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { Loaded } from "../config/load.ts";
import { type ConfigProblem, keyText } from "../config/problem.ts";
import { tryResolveProfile } from "../config/resolve_profile.ts";
import { shellWord } from "../host/shell_word.ts";
import { PROBE_IDS } from "./probe_ids.ts";
import type { Fix, Probe, ProbeContext, ProbeResult } from "./probe.ts";
import { problemLines } from "./problem_lines.ts";

/** A broken profile, schedule or channel stops only itself; its own probe says so. */
const STANDS_ALONE = /^(schedules\[|channels\.|profiles\.|settings$)/;

export const configFiles: Probe = {
  id: "config_files",
  title: "Configuration files",
  category: "configuration",
  occasions: ["startup", "doctor"],
  check: (context) => Promise.resolve(judge(context)),
};

function judge(context: ProbeContext): ProbeResult {
  const { config, autopilot, profile } = context;
  const problems = [...config.problems, ...autopilot.problems, ...unknownProbes(autopilot)]
    .filter((problem) => !problem.deprecated);
  const details = problemLines(problems);
  const fix: Fix = { summary: "Correct the lines named here", command: "stakpak config validate" };
  const needed = [...config.broken, ...autopilot.broken].filter(([part]) => !STANDS_ALONE.test(part));
  if (needed.length > 0) {
    const files = [...new Set(needed.map(([, problem]) => problem.file))].join(" and ");
    return { status: "block", summary: `${files} cannot be used as it is`, details, fix };
  }
  const resolved = tryResolveProfile(config, profile);
  if (resolved instanceof UserError) {
    return {
      status: "block",
      summary: resolved.message,
      details,
      fix: config.exists ? { ...fix, summary: resolved.hint ?? fix.summary } : firstFile(context),
    };
  }
  if (!config.exists) {
    const summary = `${config.file} does not exist, the default profile is empty`;
    return { status: "warn", summary, details, fix: firstFile(context) };
  }
  if (problems.length > 0) {
    return { status: "warn", summary: `${count(problems.length)} in the configuration files`, details, fix };
  }
  const both = `${config.file} and ${autopilot.file} are right`;
  return {
    status: "pass",
    summary: autopilot.exists ? both : `${config.file} is right, no autopilot.toml yet`,
  };
}

function firstFile({ host, paths }: ProbeContext): Fix {
  const summary = "Write config.toml, starting from the sample";
  if (host.os === "windows") return { summary: `${summary}: stakpak config sample` };
  const [folder, file] = [shellWord(paths.state), shellWord(paths.config)];
  return { summary, command: `mkdir -p -m 700 ${folder} && (umask 077; stakpak config sample > ${file})` };
}

function unknownProbes({ value, file, place }: Loaded<AutopilotFile>): ConfigProblem[] {
  return (value.doctor?.acknowledge ?? []).flatMap(({ probe }, index): ConfigProblem[] => {
    if ((PROBE_IDS as readonly string[]).includes(probe)) return [];
    const path = ["doctor", "acknowledge", index, "probe"];
    const guess = nearest(probe, PROBE_IDS);
    const message = `${keyText(path)}: there is no probe ${quotedName(probe)}`;
    const hint = guess ? `did you mean "${guess}"?` : "see: stakpak autopilot doctor --list";
    return [{ severity: "warning", file, ...place(path), key: keyText(path), message, hint }];
  });
}

function count(problems: number): string {
  return problems === 1 ? "1 problem" : `${problems} problems`;
}
