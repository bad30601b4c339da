import { CHANNEL_TYPES } from "../config/channel_schema.ts";
import { sourceOf } from "../config/secret_source.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { problemLines } from "./problem_lines.ts";
import { secretProblem } from "./secret_problem.ts";

type ChannelKind = (typeof CHANNEL_TYPES)[number];

/** Whether each configured channel has its tokens and says who may talk to it. Asks no chat service. */
export const channelConfig: Probe = {
  id: "channel_config",
  title: "Channels",
  category: "configuration",
  occasions: ["doctor"],
  async check(context) {
    const { autopilot } = context;
    const broken = [...autopilot.broken].filter(([part]) => /^channels(\.|$)/.test(part)).map(([, it]) => it);
    const errors = problemLines(broken);
    const warnings: string[] = [];
    const configured = CHANNEL_TYPES.filter(({ type }) => autopilot.value.channels?.[type]);
    for (const kind of configured) {
      errors.push(...await tokenProblems(context, kind));
      warnings.push(...whoMayTalk(context, kind));
    }
    const details = [...errors, ...warnings];
    const names = configured.map(({ type }) => type).join(", ");
    if (errors.length > 0) {
      const fix = broken.length > 0
        ? { summary: "Correct these channels", command: "stakpak config validate" }
        : { summary: "Set these variables, or name files of mode 0600 (token_file, …) in autopilot.toml" };
      return { status: "block", summary: "Channel config invalid", details, fix };
    }
    if (configured.length === 0) return { status: "skip", summary: "No channels configured" };
    if (warnings.length > 0) {
      const fix = {
        summary:
          'Name who may talk to it: allowed_users = ["ID"] or allowed_chats = ["ID"] in autopilot.toml',
      };
      return { status: "warn", summary: `Who may talk to ${names} needs a look`, details, fix };
    }
    return { status: "pass", summary: `Channel config valid (channels: ${names})` };
  },
};

async function tokenProblems({ host, autopilot }: ProbeContext, kind: ChannelKind): Promise<string[]> {
  const channel = autopilot.value.channels?.[kind.type] ?? {};
  const problems = await Promise.all(kind.tokens.map(async ({ key, variable }) => {
    const source = sourceOf(channel, key);
    if (!source && host.env(variable)?.trim()) return [];
    if (!source) return [`channels.${kind.type}: ${key} is missing, must be there, or in $${variable}`];
    const problem = await secretProblem(source, host);
    return problem ? [`channels.${kind.type}: ${key}: ${problem}`] : [];
  }));
  return problems.flat();
}

function whoMayTalk({ autopilot }: ProbeContext, { type }: ChannelKind): string[] {
  const channel = autopilot.value.channels?.[type];
  const named = (channel?.allowed_users?.length ?? 0) + (channel?.allowed_chats?.length ?? 0) > 0;
  if (channel?.open) {
    return [`channels.${type}: open = true, anyone who can write to the bot can drive the agent`];
  }
  if (named) return [];
  return [`channels.${type}: closed to everyone, it has neither allowed_users nor allowed_chats`];
}
