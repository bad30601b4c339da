import { tryResolveProfile } from "../config/resolve_profile.ts";
import { schedulesOf } from "../config/schedules_of.ts";
import { unaskedTools } from "../config/unasked_tools.ts";
import { usedProfiles } from "../config/used_profiles.ts";
import { UserError } from "../domain/error.ts";
import { quotedName, quotedPath } from "../domain/printable.ts";
import { MUTATING_TOOLS } from "../domain/tool_names.ts";
import { fullPattern, isOwnTool } from "../domain/tool_pattern.ts";
import type { Probe, ProbeContext } from "./probe.ts";

/** What runs without anyone being asked: per profile, per channel, and on this machine. */
export const toolApproval: Probe = {
  id: "tool_approval",
  title: "Tool approval",
  category: "security",
  occasions: ["doctor"],
  needs: ["config_files"],
  check(context) {
    const { autopilot } = context;
    const postures = [...profilePostures(context), ...channelPostures(context)];
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

interface Posture {
  readonly who: string;
  readonly tools: readonly string[];
}

function profilePostures({ config, autopilot, profile }: ProbeContext): Posture[] {
  const all = autopilot.value.server?.auto_approve_all ? "all" as const : undefined;
  return [...usedProfiles(autopilot.value, profile)].flatMap(([name, users]) => {
    const found = tryResolveProfile(config, name);
    if (found instanceof UserError) return [];
    const approve = found.overrides.autoApprove ?? all;
    const tools = unaskedTools({ allowed: found.allowedTools, approve });
    return [{ who: `profile ${quotedName(name)} (${users.join(", ")})`, tools }];
  });
}

/** Channels without a profile that still say what to approve. */
function channelPostures({ config, autopilot, profile }: ProbeContext): Posture[] {
  const found = tryResolveProfile(config, profile);
  const allowed = found instanceof UserError ? undefined : found.allowedTools;
  return Object.entries(autopilot.value.channels ?? {}).flatMap(([type, channel]) =>
    channel?.auto_approve !== undefined && !channel.profile
      ? [{
        who: `channel ${type} (inline)`,
        tools: unaskedTools({ allowed, approve: channel.auto_approve }),
      }]
      : []
  );
}

function checkScripts({ autopilot }: ProbeContext): string[] {
  return schedulesOf(autopilot).flatMap(({ schedule: { name, check } }) =>
    check
      ? [`schedule ${quotedName(name)} runs ${quotedPath(check)} on this machine, outside the sandbox`]
      : []
  );
}
