import { apiUrl, folderOf } from "../api_url.ts";
import type { ModelProvider } from "../provider.ts";

/** `https://api.anthropic.com`, and services that speak like it. */
export const anthropic: ModelProvider = {
  id: "anthropic",
  type: "anthropic",
  // The one of the Rust implementation.
  defaultModel: "claude-opus-4-6",
  address: "https://api.anthropic.com/v1",
  addressVariable: "ANTHROPIC_BASE_URL",
  takesLogins: true,
  place(address) {
    // Anthropic's own clients are given the address without its version.
    const version = /\/v\d+\w*$/.test(folderOf(address)) ? "" : "/v1";
    return { api: "anthropic", url: apiUrl(address, "/messages", version) };
  },
  headers(key, isLogin) {
    return {
      "anthropic-version": "2023-06-01",
      ...(key === undefined
        ? {}
        : isLogin
        ? { "authorization": `Bearer ${key}`, "anthropic-beta": "oauth-2025-04-20" }
        : { "x-api-key": key }),
    };
  },
};
