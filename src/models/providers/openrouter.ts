import type { ModelProvider } from "../provider.ts";
import { bearer, chatPlace } from "../chat_place.ts";

export const openrouter: ModelProvider = {
  id: "openrouter",
  type: "openrouter",
  defaultModel: "anthropic/claude-opus-4.6",
  address: "https://openrouter.ai/api/v1",
  takesLogins: true,
  place: chatPlace,
  headers: bearer,
};
