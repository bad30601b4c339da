import { apiUrl, folderOf } from "../api_url.ts";
import type { ModelProvider } from "../provider.ts";
import { bearer, CHAT_PATH, chatPlace } from "../chat_place.ts";

const RESPONSES_PATH = "/responses";

/**
 * OpenAI itself is asked by Responses, another address by Chat Completions, which more servers have. An address that
 * ends with the path of one of the two decides by that.
 */
export const openai: ModelProvider = {
  id: "openai",
  type: "openai",
  defaultModel: "gpt-5.4",
  address: "https://api.openai.com/v1",
  addressVariable: "OPENAI_BASE_URL",
  // A ChatGPT login is for another service, with another API.
  takesLogins: false,
  place(address) {
    const folder = folderOf(address);
    const isItself = address.hostname === "api.openai.com" && !folder.endsWith(CHAT_PATH);
    if (!isItself && !folder.endsWith(RESPONSES_PATH)) return chatPlace(address);
    return { api: "openai-responses", url: apiUrl(address, RESPONSES_PATH, folder === "" ? "/v1" : "") };
  },
  headers: bearer,
};
