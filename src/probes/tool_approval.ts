import { schedulesOf } from "../config/schedules_of.ts";
import { quotedName, quotedPath } from "../domain/printable.ts";
import { MUTATING_TOOLS } from "../domain/tool_names.ts";
import { fullPattern, isOwnTool } from "../domain/tool_pattern.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { toolPostures } from "./tool_postures.ts";

/** What runs without anyone being asked: per profile, per channel, and on this machine. */
export const toolApproval: Probe = {
  id: "tool_approval",
  title: "Tool approval",
  category: "security",
  occasions: ["doctor"],
  needs: ["config_files"],
  check(context) {
    const { autopilot } = context;
    const postures = toolPostures(context);
    const details = [
      ...postures.map(({ who, tools }) => `${who}: ${tools.join(", ") || "nothing"} without asking`),
      ...checkScripts(context),
    ];
    if (autopilot.value.server?.host_tools) {
      const fix = { summary: "Remove host_tools from [server]: tools then run in the sandbox" };
      const summary = "Tools run on this machine, outside the sandbox (host_tools = true)";
      return Promise.resolve({ status: "warn", permanent: true, summary, details, fix });
    }
    if (autopilot.value.server?.auto_approve_all) {
      const fix = { summary: "Remove auto_approve_all from [server], and list tools in auto_approve" };
      const summary = "All tools run without asking (auto_approve_all = true)";
      return Promise.resolve({ status: "warn", summary, details, fix });
    }
    const changing = new Set(
      // What those of other servers do, nobody can say.
      postures.flatMap(({ tools }) =>
        tools.filter((tool) => MUTATING_TOOLS.has(tool) || !isOwnTool(fullPattern(tool)))
      ),
    );
    if (changing.size > 0) {
      const fix = {
        summary: "Remove them from auto_approve, or acknowledge this under [[doctor.acknowledge]]",
      };
      const summary = `Tools that change things run without asking: ${[...changing].sort().join(", ")}`;
      return Promise.resolve({ status: "warn", summary, details, fix });
    }
    return Promise.resolve({ status: "pass", summary: "Tools that change things ask first", details });
  },
};

function checkScripts({ autopilot }: ProbeContext): string[] {
  return schedulesOf(autopilot).flatMap(({ schedule: { name, check } }) =>
    check
      ? [`schedule ${quotedName(name)} runs ${quotedPath(check)} on this machine, outside the sandbox`]
      : []
  );
}
