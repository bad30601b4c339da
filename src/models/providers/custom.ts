import type { ModelProvider } from "../provider.ts";
import { bearer, chatPlace } from "../chat_place.ts";

/** Any server that speaks Chat Completions, by the NAME of `[profiles.X.providers.NAME]`; the key is optional. */
export const custom: ModelProvider = {
  id: "custom",
  type: "custom",
  takesLogins: true,
  place: chatPlace,
  headers: bearer,
};
