import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Inspection } from "../host/inspection.ts";
import { KNOWN_MODELS, type KnownModel } from "./catalogue.ts";
import { profileProviders } from "./profile_providers.ts";

/** A known model that a profile can ask; `provider` is the profile's name for it. */
export interface ListedModel extends KnownModel {
  readonly id: string;
}

/** The known models of the providers that `profile` has a credential for. Others can be asked by their id as well. */
export function listModels(
  profile: Pick<ResolvedProfile, "profile" | "lender">,
  host: Pick<Inspection, "env">,
): ListedModel[] {
  return profileProviders(profile, host).flatMap(({ name, provider }) =>
    KNOWN_MODELS.filter((known) => known.provider === provider.id).map((known) => ({
      ...known,
      provider: name,
      id: `${name}/${known.model}`,
    }))
  );
}
