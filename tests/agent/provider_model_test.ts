import { deepEqual } from "node:assert/strict";
import { METADATA_NAME, PROVIDER_OPTIONS, providerModel } from "../../src/agent/provider_model.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { test } from "../sanitized.ts";

const PATHS = {
  anthropic: "/v1/messages",
  "openai-responses": "/v1/responses",
  "openai-chat": "/v1/chat/completions",
  google: "/v1/models/some-model:streamGenerateContent",
};

for (const api of MODEL_APIS) {
  test(`a model of ${api} asks at its own path, and carries no key`, async () => {
    const asked: { path: string; headers: Headers; body: Record<string, unknown> }[] = [];
    const model = await providerModel(
      { api, model: "some-model", baseUrl: "https://gateway.invalid/v1" },
      (url, init) => {
        asked.push({
          path: new URL(String(url)).pathname,
          headers: new Headers(init?.headers),
          body: JSON.parse(String(init?.body)),
        });
        return Promise.resolve(new Response("{}", { status: 400 }));
      },
    );
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
    await model.doStream({ prompt, maxOutputTokens: 7, providerOptions: PROVIDER_OPTIONS }).then(
      () => {},
      () => {},
    );
    const [request] = asked;
    deepEqual(request?.path, PATHS[api]);
    const keys = ["authorization", "x-api-key", "x-goog-api-key"].map((name) =>
      request?.headers.get(name) ?? "none"
    );
    deepEqual(keys.map((key) => key.replace("Bearer ", "")), ["none", "none", "none"]);
  });
}

test("each API has a name for what it wants to see again", () => {
  deepEqual(Object.keys(METADATA_NAME).sort(), [...MODEL_APIS].sort());
});
