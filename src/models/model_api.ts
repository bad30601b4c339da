/** The shapes in which providers are asked. Each is a request, and a stream of server-sent events in answer. */
export const MODEL_APIS = ["anthropic", "openai-responses", "openai-chat", "google"] as const;

export type ModelApi = (typeof MODEL_APIS)[number];
