import { type Credential, credentialsOf } from "../config/credentials.ts";
import { type ResolvedProfile, tryResolveProfile } from "../config/resolve_profile.ts";
import { usedProfiles } from "../config/used_profiles.ts";
import { UserError } from "../domain/error.ts";
import { quotedName } from "../domain/printable.ts";
import type { Fix, Probe, ProbeContext } from "./probe.ts";
import { secretProblem } from "./secret_problem.ts";

const FIX: Fix = {
  summary:
    "Set a provider's key, such as ANTHROPIC_API_KEY, or write it into config.toml as the sample shows",
  command: "stakpak config sample config",
};

/** Whether a key is there; not whether the provider takes it. */
export const credentials: Probe = {
  id: "credentials",
  title: "Credentials",
  category: "configuration",
  occasions: ["startup", "doctor"],
  async check(context) {
    const { config, autopilot, profile } = context;
    const main = tryResolveProfile(config, profile);
    if (main instanceof UserError && config.exists) {
      return { status: "skip", summary: `Skipped: the profile ${quotedName(profile)} does not resolve` };
    }
    const found = await usableIn(main instanceof UserError ? undefined : main, context);
    if (found.usable.length === 0) {
      return {
        status: "block",
        summary: "No provider credentials configured",
        details: found.problems,
        fix: FIX,
      };
    }
    const complaints = [...found.problems];
    for (const [name, users] of usedProfiles(autopilot.value, profile)) {
      const resolved = tryResolveProfile(config, name);
      if (resolved instanceof UserError) continue;
      const own = name === profile ? [] : (await usableIn(resolved, context)).usable;
      const lack = lacking(resolved, [...own, ...found.usable]);
      if (lack) complaints.push(`profile ${quotedName(name)} (${users.join(", ")}) ${lack}`);
    }
    const details = found.usable.map(({ provider, setIn }) => `${quotedName(provider)} from ${setIn}`);
    if (complaints.length === 0) return { status: "pass", summary: "Credentials configured", details };
    return { status: "warn", summary: "Some credentials are missing", details: complaints, fix: FIX };
  },
};

async function usableIn(
  resolved: ResolvedProfile | undefined,
  { host }: ProbeContext,
): Promise<{ usable: Credential[]; problems: string[] }> {
  const usable: Credential[] = [];
  const problems: string[] = [];
  for (const credential of credentialsOf(resolved?.profile ?? {}, host)) {
    const problem = credential.source && await secretProblem(credential.source, host);
    if (problem) problems.push(`${credential.setIn}: ${problem}`);
    else usable.push(credential);
  }
  return { usable, problems };
}

/**
 * What keeps the profile's model from being reached: neither its own credentials nor those of the profile that
 * the server runs under. A Stakpak account reaches all models.
 */
function lacking(
  { overrides: { model } }: ResolvedProfile,
  usable: readonly Credential[],
): string | undefined {
  const wanted = model?.includes("/") ? model.slice(0, model.indexOf("/")) : undefined;
  if (!wanted || usable.some(({ provider }) => provider === "stakpak")) return undefined;
  const named = wanted === "google" ? "gemini" : wanted;
  if (usable.some(({ provider, type }) => provider === wanted || type === named)) return undefined;
  return `has a model of ${quotedName(wanted)} and no credentials for it`;
}
