import type { ModelApi } from "../models/model_api.ts";
import { infer } from "./inference.ts";
import { promptOf, toolsOf } from "./prompt_of.ts";
import { PROVIDER_OPTIONS, providerModel } from "./provider_model.ts";

const TOOL = { name: "view", description: "", inputSchema: { type: "object", properties: {} } };
const NOTHING = "data: {}\n\n";

/**
 * Asks a model of `api` that there is not, and reads an answer of nothing: the SDK is loaded then, and has made what
 * it makes once. A run's first request would wait 60 ms for it, its first answer 30. Never rejects.
 */
export async function warmUp(api: ModelApi): Promise<void> {
  const answer = () =>
    Promise.resolve(new Response(NOTHING, { headers: { "content-type": "text/event-stream" } }));
  try {
    const model = await providerModel({ api, model: "none", baseUrl: "https://gateway.invalid/v1" }, answer);
    const prompt = promptOf("Nothing.", [{ role: "user", text: "Nothing." }]);
    await infer(model, { prompt, tools: toolsOf([TOOL]), providerOptions: PROVIDER_OPTIONS }, () => {});
  } catch {
    // Nothing is no answer.
  }
}
