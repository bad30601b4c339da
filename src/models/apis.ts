import type { ApiRules } from "./api_rules.ts";
import { anthropicApi } from "./apis/anthropic_api.ts";
import { googleApi } from "./apis/google_api.ts";
import { openaiChatApi } from "./apis/openai_chat_api.ts";
import { openaiResponsesApi } from "./apis/openai_responses_api.ts";
import type { ModelApi } from "./model_api.ts";

export const API_RULES: Readonly<Record<ModelApi, ApiRules>> = {
  "anthropic": anthropicApi,
  "openai-responses": openaiResponsesApi,
  "openai-chat": openaiChatApi,
  "google": googleApi,
};
