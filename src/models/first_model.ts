import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Inspection } from "../host/inspection.ts";
import { profileProviders } from "./profile_providers.ts";

/** The model of a run that nobody gave one: that of the profile's first provider which has one. */
export function firstModel(
  profile: Pick<ResolvedProfile, "profile" | "lender">,
  host: Pick<Inspection, "env">,
): string | undefined {
  const [first] = profileProviders(profile, host).filter(({ provider }) => provider.defaultModel);
  return first && `${first.name}/${first.provider.defaultModel}`;
}
