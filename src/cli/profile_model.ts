import { usualProfile } from "../config/profile_names.ts";
import { type ResolvedProfile, resolveProfile } from "../config/resolve_profile.ts";
import { firstModel } from "../models/first_model.ts";
import type { Cli } from "./cli.ts";
import { readable, readAutopilot } from "./read_autopilot.ts";

/**
 * The profile meant, and the model of a run in it that nobody gave another: the profile's, the server's, the one of its
 * first provider. Rejects with a `UserError`.
 */
export async function profileModel(
  cli: Cli,
): Promise<{ profile: ResolvedProfile; model: string | undefined }> {
  const config = readable(await cli.loadConfig());
  const autopilot = await readAutopilot(cli);
  const profile = resolveProfile(config, cli.profile, usualProfile(cli.host));
  const server = autopilot.value.server?.model?.trim();
  return { profile, model: profile.overrides.model || server || firstModel(profile, cli.host) };
}
