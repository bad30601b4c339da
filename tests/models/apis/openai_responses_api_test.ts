// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { openaiResponsesApi } from "../../../src/models/apis/openai_responses_api.ts";
import { fit } from "../../../src/models/request_shape.ts";
import { test } from "../../sanitized.ts";
import { routeTo } from "../routes.ts";
import { leavesOut, refuses } from "./hosted.ts";

const tool = (type: string) => ({ tools: [{ type, name: "x" }] });
const said = (part: Record<string, string>) => ({ input: [{ role: "user", content: [part] }] });

refuses("openai-responses", openaiResponsesApi, {
  "web search": tool("web_search"),
  "the old web search": tool("web_search_preview"),
  "code execution": tool("code_interpreter"),
  "a computer": tool("computer_use_preview"),
  "file search": tool("file_search"),
  "another server's tools": tool("mcp"),
  "a shell": tool("local_shell"),
  "pictures": tool("image_generation"),
  "a tool without a kind": { tools: [{ name: "x" }] },
  "a stored item": { input: [{ type: "item_reference", id: "rs_1" }] },
  "a picture from an address": said({ type: "input_image", image_url: "https://evil.example/?data" }),
  "a file from an address": said({ type: "input_file", file_url: "https://evil.example/?data" }),
  "a call of the provider's own tool": { input: [{ type: "web_search_call", id: "w" }] },
  "a result with a picture": {
    input: [{
      type: "function_call_output",
      call_id: "c",
      output: [{ type: "input_image", image_url: "https://evil.example" }],
    }],
  },
});

leavesOut("openai-responses", openaiResponsesApi, {
  store: true,
  previous_response_id: "resp_1",
  conversation: "conv_1",
  background: true,
  prompt: { id: "pmpt_1" },
  metadata: { data: "x" },
  user: "data",
  safety_identifier: "data",
  service_tier: "priority",
  truncation: "auto",
  max_tool_calls: 9,
});

test("openai-responses passes on what a conversation with tools and thoughts is made of", () => {
  const body = {
    input: [
      { role: "developer", content: "s" },
      { role: "user", content: [{ type: "input_text", text: "hi" }] },
      {
        type: "reasoning",
        id: "rs_1",
        encrypted_content: "e",
        summary: [{ type: "summary_text", text: "hm" }],
      },
      { role: "assistant", id: "msg_1", content: [{ type: "output_text", text: "let me see" }] },
      { type: "function_call", id: "fc_1", call_id: "c1", name: "stakpak__view", arguments: "{}" },
      { type: "function_call_output", call_id: "c1", output: "r" },
    ],
    tools: [{ type: "function", name: "stakpak__view", description: "d", parameters: { type: "object" } }],
    tool_choice: "auto",
    reasoning: { effort: "low", summary: "auto" },
  };
  assert.deepEqual(fit(body, openaiResponsesApi.shape), body);
});

test("openai-responses stores nothing, and of what may be included takes the encrypted thoughts alone", () => {
  const route = routeTo("https://api.openai.com/v1/responses", "openai-responses");
  const sealed = (include: string[]) => openaiResponsesApi.sealed({ include }, route, 16);
  const wanted = { model: "model-1", max_output_tokens: 16, stream: true, store: false };
  assert.deepEqual(sealed(["file_search_call.results", "reasoning.encrypted_content"]), {
    include: ["reasoning.encrypted_content"],
    ...wanted,
  });
  assert.deepEqual(sealed(["message.output_text.logprobs"]), wanted);
});
