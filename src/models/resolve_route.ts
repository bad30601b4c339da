import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Inspection } from "../host/inspection.ts";
import { addressOf } from "./address.ts";
import { API_RULES } from "./apis.ts";
import { knownModel, UNKNOWN_LIMITS } from "./catalogue.ts";
import type { ModelRoute } from "./model_route.ts";
import { placeModel } from "./place_model.ts";
import { providerKey } from "./provider_key.ts";

/** No such host can be: a request that gets out by itself leads nowhere. */
const WORKER_BASE = "https://gateway.invalid/v1";

/**
 * The way to a model of a profile, with that profile's own key. Rejects with {@linkcode UserError}: an unknown provider,
 * one without a key, an address that no key may be sent to.
 */
export async function resolveRoute(
  host: Inspection,
  id: string,
  profile: ResolvedProfile,
): Promise<ModelRoute> {
  const { of, model } = placeModel(id, profile, host);
  const { provider, credential, address } = of;
  const { api, url } = provider.place(addressOf(address.text, address.setIn), model);
  return {
    provider: of.name,
    api,
    model,
    limits: knownModel(model)?.limits ?? UNKNOWN_LIMITS,
    workerBase: WORKER_BASE,
    workerPath: API_RULES[api].workerPath(model),
    url,
    headers: (key) => provider.headers(key?.reveal(), credential.login !== undefined),
    key: await providerKey(of, host),
  };
}
