import type { ModelProvider } from "../provider.ts";
import { bearer, chatPlace } from "../chat_place.ts";

/** A Stakpak account. Its models are called `anthropic/claude-opus-4-6`, as ids are here. */
export const stakpak: ModelProvider = {
  id: "stakpak",
  type: "stakpak",
  defaultModel: "anthropic/claude-opus-4-6",
  address: "https://apiv2.stakpak.dev",
  addressVariable: "STAKPAK_API_ENDPOINT",
  variableWins: true,
  takesLogins: true,
  place: chatPlace,
  headers: bearer,
};
