// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { openaiChatApi } from "../../../src/models/apis/openai_chat_api.ts";
import { fit } from "../../../src/models/request_shape.ts";
import { test } from "../../sanitized.ts";
import { routeTo } from "../routes.ts";
import { leavesOut, refuses } from "./hosted.ts";

const said = (part: Record<string, unknown>) => ({ messages: [{ role: "user", content: [part] }] }) as never;

refuses("openai-chat", openaiChatApi, {
  "a provider's own tool": { tools: [{ type: "web_search" }] },
  "a tool without a kind": { tools: [{ function: { name: "x" } }] },
  "a free tool": { tools: [{ type: "custom", custom: { name: "x" } }] },
  "a picture from an address": said({ type: "image_url", image_url: { url: "https://evil.example/?data" } }),
  "a file": said({ type: "file", file: { file_id: "f" } }),
  "sound": said({ type: "input_audio", input_audio: { data: "x" } }),
  "a call of no function": { messages: [{ role: "assistant", tool_calls: [{ type: "custom", id: "c" }] }] },
});

leavesOut("openai-chat", openaiChatApi, {
  web_search_options: {},
  plugins: [{ id: "web" }],
  models: ["other/model"],
  route: "fallback",
  provider: { order: ["x"] },
  transforms: ["middle-out"],
  n: 10,
  store: true,
  metadata: { data: "x" },
  user: "data",
  modalities: ["audio"],
  prediction: {},
  functions: [],
  service_tier: "priority",
});

test("openai-chat passes on what a conversation with tools and thoughts is made of", () => {
  const body = {
    messages: [
      { role: "system", content: "s" },
      { role: "user", content: [{ type: "text", text: "hi" }] },
      {
        role: "assistant",
        content: null,
        reasoning_content: "hm",
        reasoning_details: [{ type: "reasoning.encrypted", data: "d" }],
        tool_calls: [{
          id: "c1",
          type: "function",
          function: { name: "stakpak__view", arguments: "{}" },
          extra_content: { google: { thought_signature: "sig" } },
        }],
      },
      { role: "tool", tool_call_id: "c1", content: "r" },
    ],
    tools: [{ type: "function", function: { name: "stakpak__view", parameters: { type: "object" } } }],
    tool_choice: "auto",
    reasoning_effort: "low",
  };
  assert.deepEqual(fit(body, openaiChatApi.shape), body);
});

test("openai-chat limits the answer in the word that the model takes, and in no other", () => {
  const sealed = (model: string) =>
    openaiChatApi.sealed(
      { max_tokens: 1, max_completion_tokens: 2 },
      routeTo("https://a.example", "openai-chat", { model }),
      64,
    );
  for (const model of ["llama3", "gpt-4o", "deepseek-chat", "openai/gpt-5"]) {
    assert.deepEqual([sealed(model).max_tokens, sealed(model).max_completion_tokens], [64, undefined], model);
  }
  for (const model of ["gpt-5", "gpt-5.4-mini", "o3", "o4-mini", "gpt-6-sol"]) {
    assert.deepEqual([sealed(model).max_tokens, sealed(model).max_completion_tokens], [undefined, 64], model);
  }
});
