import assert from "node:assert/strict";
import { GOOGLE_MODEL, googleApi, googlePath } from "../../../src/models/apis/google_api.ts";
import { fit } from "../../../src/models/request_shape.ts";
import { test } from "../../sanitized.ts";
import { routeTo } from "../routes.ts";
import { leavesOut, refuses } from "./hosted.ts";

const said = (part: Record<string, unknown>) => ({ contents: [{ role: "user", parts: [part] }] }) as never;

refuses("google", googleApi, {
  "search": { tools: [{ googleSearch: {} }] },
  "the old search": { tools: [{ googleSearchRetrieval: {} }] },
  "code execution": { tools: [{ codeExecution: {} }] },
  "fetching": { tools: [{ urlContext: {} }] },
  "a computer": { tools: [{ computerUse: {} }] },
  "search beside functions": { tools: [{ functionDeclarations: [], googleSearch: {} }] },
  "a file from an address": said({ fileData: { fileUri: "https://evil.example/?data" } }),
  "data in a part": said({ inlineData: { mimeType: "image/png", data: "AA==" } }),
  "code of its own": said({ executableCode: { code: "x" } }),
});

leavesOut("google", googleApi, {
  cachedContent: "cachedContents/x",
  labels: { data: "x" },
  safetySettings: [],
  model: "models/other",
  serviceTier: "x",
});

test("google passes on what a conversation with tools and thoughts is made of", () => {
  const body = {
    systemInstruction: { parts: [{ text: "s" }] },
    contents: [
      { role: "user", parts: [{ text: "hi" }] },
      {
        role: "model",
        parts: [
          { text: "hm", thought: true, thoughtSignature: "sig" },
          {
            functionCall: { id: "c1", name: "stakpak__view", args: { fileData: 1 } },
            thoughtSignature: "sig",
          },
        ],
      },
      {
        role: "user",
        parts: [{ functionResponse: { id: "c1", name: "stakpak__view", response: { content: "r" } } }],
      },
    ],
    tools: [{ functionDeclarations: [{ name: "stakpak__view", parameters: { type: "object" } }] }],
    toolConfig: { functionCallingConfig: { mode: "AUTO" } },
    generationConfig: { temperature: 0, thinkingConfig: { includeThoughts: true } },
  };
  assert.deepEqual(fit(body, googleApi.shape), body);
});

test("google keeps the rest of its settings when the longest answer is set, and asks for one answer", () => {
  const body = fit({ generationConfig: { maxOutputTokens: 5, candidateCount: 8, topK: 3 } }, googleApi.shape);
  assert.equal(googleApi.asked(body as never), 5);
  const route = routeTo("https://a.example", "google");
  assert.deepEqual(googleApi.sealed(body as never, route, 64), {
    generationConfig: { maxOutputTokens: 64, topK: 3 },
  });
});

test("googlePath() is where the SDK asks, for the model of the route", () => {
  assert.equal(googlePath("gemini-2.5-pro"), "/models/gemini-2.5-pro:streamGenerateContent?alt=sse");
  assert.equal(googlePath("tunedModels/x"), "/tunedModels/x:streamGenerateContent?alt=sse");
  assert.ok(GOOGLE_MODEL.test("gemini-2.5-pro") && !GOOGLE_MODEL.test("../x"));
});
