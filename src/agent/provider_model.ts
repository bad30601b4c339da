/**
 * The SDK of a provider's API, loaded when a run wants it, on a `fetch` that is messages to ring 0.
 *
 * @module
 */
import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import type { ModelApi } from "../models/model_api.ts";
import type { WorkerRun } from "./protocol.ts";

/** Ring 0 adds the key. SDKs refuse to go without one, and look for it in the environment. */
const NO_KEY = "none";

/** Rejects when there is no such SDK in this program, which is a bug. */
export async function providerModel(
  { api, model, baseUrl: baseURL }: Pick<WorkerRun, "api" | "model" | "baseUrl">,
  fetch: typeof globalThis.fetch,
): Promise<LanguageModelV4> {
  const settings = { baseURL, apiKey: NO_KEY, fetch };
  switch (api) {
    case "anthropic":
      return (await import("@ai-sdk/anthropic")).createAnthropic(settings)(model);
    case "openai-responses":
      return (await import("@ai-sdk/openai")).createOpenAI(settings).responses(model);
    case "google":
      return (await import("@ai-sdk/google")).createGoogle(settings)(model);
    case "openai-chat":
      return (await loadChat()).createOpenAICompatible({ ...settings, name: METADATA_NAME[api] })(model);
  }
}

/** The smallest of the SDKs, with what all of them share: loaded before a run is known. */
export function loadChat(): Promise<typeof import("@ai-sdk/openai-compatible")> {
  return import("@ai-sdk/openai-compatible");
}

/** Under which name an SDK reads and writes what it wants to see again. */
export const METADATA_NAME: Readonly<Record<ModelApi, string>> = {
  anthropic: "anthropic",
  "openai-responses": "openai",
  "openai-chat": "chat",
  google: "google",
};

/**
 * What each request says beside the prompt. Nothing of a conversation is kept by OpenAI, so thoughts come back
 * encrypted; tool calls of Anthropic come as the whole JSON that they are checked to be.
 */
export const PROVIDER_OPTIONS: NonNullable<LanguageModelV4CallOptions["providerOptions"]> = {
  anthropic: { toolStreaming: false },
  openai: { store: false },
};
