import type { Json } from "../../domain/json.ts";
import type { ApiRules } from "../api_rules.ts";
import { at, tokensAt } from "../json_field.ts";
import { any, fields, list, plain, tagged, textOr } from "../request_shape.ts";

const TEXT = fields({ type: plain, text: plain });
const MESSAGE = fields({
  type: plain,
  id: plain,
  role: plain,
  phase: plain,
  content: textOr(list(tagged("type", {
    input_text: TEXT,
    output_text: TEXT,
    refusal: fields({ type: plain, refusal: plain }),
  }))),
});
/** The thoughts themselves, sealed by OpenAI: without them they would have to be stored there. */
const ENCRYPTED = "reasoning.encrypted_content";

/** Responses: https://platform.openai.com/docs/api-reference/responses */
export const openaiResponsesApi: ApiRules = {
  workerPath: () => "/responses",
  shape: fields({
    max_output_tokens: plain,
    instructions: plain,
    input: textOr(list(tagged("type", {
      message: MESSAGE,
      reasoning: fields({
        type: plain,
        id: plain,
        encrypted_content: plain,
        summary: list(tagged("type", { summary_text: TEXT })),
      }),
      function_call: fields({ type: plain, id: plain, call_id: plain, name: plain, arguments: plain }),
      function_call_output: fields({
        type: plain,
        id: plain,
        call_id: plain,
        output: textOr(list(tagged("type", { input_text: TEXT }))),
      }),
    }, MESSAGE))),
    tools: list(tagged("type", {
      function: fields({ type: plain, name: plain, description: plain, parameters: any, strict: plain }),
    })),
    tool_choice: any,
    parallel_tool_calls: plain,
    reasoning: fields({ effort: plain, summary: plain }),
    include: list(plain),
    text: fields({ verbosity: plain }),
    prompt_cache_key: plain,
    temperature: plain,
    top_p: plain,
  }),
  asked: (body) => body.max_output_tokens,
  sealed: ({ include, ...body }, { model }, answerTokens) => ({
    ...body,
    // Models that do not think refuse it: whether it is wanted, the worker says.
    ...(Array.isArray(include) && include.includes(ENCRYPTED) ? { include: [ENCRYPTED] } : {}),
    model,
    max_output_tokens: answerTokens,
    stream: true,
    store: false,
  }),
  usage(event) {
    const usage: Json | undefined = at(event, "response", "usage");
    const inputTokens = tokensAt(usage, "input_tokens");
    const outputTokens = tokensAt(usage, "output_tokens");
    if (inputTokens === undefined || outputTokens === undefined) return undefined;
    return {
      inputTokens,
      outputTokens,
      cacheReadTokens: tokensAt(usage, "input_tokens_details", "cached_tokens") ?? 0,
      cacheWriteTokens: tokensAt(usage, "input_tokens_details", "cache_write_tokens") ?? 0,
      reasoningTokens: tokensAt(usage, "output_tokens_details", "reasoning_tokens") ?? 0,
    };
  },
  asking: (prompt) => ({ input: [{ role: "user", content: [{ type: "input_text", text: prompt }] }] }),
};
