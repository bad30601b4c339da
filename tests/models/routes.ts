import { resolveProfile } from "../../src/config/resolve_profile.ts";
import type { ResolvedProfile } from "../../src/config/resolve_profile.ts";
import { Secret } from "../../src/domain/secret.ts";
import { API_RULES } from "../../src/models/apis.ts";
import type { ModelApi } from "../../src/models/model_api.ts";
import type { ModelRoute } from "../../src/models/model_route.ts";
import { config } from "../config/loaded.ts";

export const KEY = "sk-test-Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2";

/** The profile `default` of a file with this text below `[profiles.default]`. */
export function profileOf(text: string): ResolvedProfile {
  return resolveProfile(config(`[profiles.default]\n${text}`), "default");
}

/** A way to `url` by an API. */
export function routeTo(url: string, api: ModelApi, more: Partial<ModelRoute> = {}): ModelRoute {
  const model = more.model ?? "model-1";
  return {
    provider: "test",
    api,
    model,
    limits: { contextTokens: 100_000, outputTokens: 8_192 },
    workerBase: "https://gateway.invalid/v1",
    workerPath: API_RULES[api].workerPath(model),
    url,
    headers: (key) => key ? { "x-api-key": key.reveal() } : {},
    key: new Secret(KEY),
    ...more,
  };
}
