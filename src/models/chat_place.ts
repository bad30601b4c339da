import { apiUrl, folderOf } from "./api_url.ts";
import type { ModelApi } from "./model_api.ts";

export const CHAT_PATH = "/chat/completions";

/** Chat Completions below an address, as OpenAI's clients take it: `https://…/v1`; `/v1` is added to a host alone. */
export function chatPlace(address: URL): { readonly api: ModelApi; readonly url: string } {
  const version = folderOf(address) === "" ? "/v1" : "";
  return { api: "openai-chat", url: apiUrl(address, CHAT_PATH, version) };
}

/** A key, where there is one, as most providers take it. */
export function bearer(key: string | undefined): Readonly<Record<string, string>> {
  return key === undefined ? {} : { "authorization": `Bearer ${key}` };
}
