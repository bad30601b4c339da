import type { Json } from "../../domain/json.ts";
import type { ApiRules } from "../api_rules.ts";
import { at, tokensAt } from "../json_field.ts";
import { any, fields, list, only, plain } from "../request_shape.ts";

/** A model's name that is safe in a path; `tunedModels/x` is one, too. */
export const GOOGLE_MODEL = /^([A-Za-z]+\/)?[A-Za-z0-9][\w.-]*$/;

/** A part is told by its field: one with an address or a file in it is refused. */
const PART = only({
  text: plain,
  thought: plain,
  thoughtSignature: plain,
  functionCall: fields({ id: plain, name: plain, args: any }),
  functionResponse: fields({ id: plain, name: plain, response: any }),
});

/** generateContent: https://ai.google.dev/api/generate-content */
export const googleApi: ApiRules = {
  workerPath: googlePath,
  shape: fields({
    systemInstruction: fields({ role: plain, parts: list(PART) }),
    contents: list(fields({ role: plain, parts: list(PART) })),
    // Anything else in a tool is Google's own: search, code execution, fetching of addresses.
    tools: list(only({
      functionDeclarations: list(
        fields({ name: plain, description: plain, parameters: any, parametersJsonSchema: any }),
      ),
    })),
    toolConfig: fields({
      functionCallingConfig: fields({ mode: plain, allowedFunctionNames: list(plain) }),
    }),
    generationConfig: fields({
      maxOutputTokens: plain,
      temperature: plain,
      topK: plain,
      topP: plain,
      stopSequences: list(plain),
      seed: plain,
      thinkingConfig: fields({ thinkingBudget: plain, thinkingLevel: plain, includeThoughts: plain }),
    }),
  }),
  asked: (body) => at(body, "generationConfig", "maxOutputTokens"),
  sealed: ({ generationConfig, ...body }, _route, answerTokens) => ({
    ...body,
    generationConfig: { ...generationConfig as object, maxOutputTokens: answerTokens },
  }),
  usage(event) {
    const usage: Json | undefined = at(event, "usageMetadata");
    const prompt = tokensAt(usage, "promptTokenCount");
    if (prompt === undefined) return undefined;
    const reasoningTokens = tokensAt(usage, "thoughtsTokenCount") ?? 0;
    return {
      inputTokens: prompt + (tokensAt(usage, "toolUsePromptTokenCount") ?? 0),
      outputTokens: (tokensAt(usage, "candidatesTokenCount") ?? 0) + reasoningTokens,
      cacheReadTokens: tokensAt(usage, "cachedContentTokenCount") ?? 0,
      reasoningTokens,
    };
  },
  asking: (prompt) => ({ contents: [{ role: "user", parts: [{ text: prompt }] }] }),
};

/** Where the SDK asks for a stream of `model`. */
export function googlePath(model: string): string {
  return `/${model.includes("/") ? model : `models/${model}`}:streamGenerateContent?alt=sse`;
}
