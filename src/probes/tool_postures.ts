import { tryResolveProfile } from "../config/resolve_profile.ts";
import { unaskedTools } from "../config/unasked_tools.ts";
import { usedProfiles } from "../config/used_profiles.ts";
import { UserError } from "../domain/error.ts";
import { quotedName } from "../domain/printable.ts";
import type { ProbeContext } from "./probe.ts";

/** What runs without asking, for whom. */
export interface ToolPosture {
  readonly who: string;
  /** As `unaskedTools` gives them. */
  readonly tools: readonly string[];
}

/** Of every profile that somebody runs under, and of every channel that says for itself. */
export function toolPostures(context: ProbeContext): ToolPosture[] {
  return [...profilePostures(context), ...channelPostures(context)];
}

function profilePostures({ config, autopilot, profile }: ProbeContext): ToolPosture[] {
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
function channelPostures({ config, autopilot, profile }: ProbeContext): ToolPosture[] {
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
