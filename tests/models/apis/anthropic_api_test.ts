// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { anthropicApi } from "../../../src/models/apis/anthropic_api.ts";
import { fit } from "../../../src/models/request_shape.ts";
import { test } from "../../sanitized.ts";
import { leavesOut, refuses } from "./hosted.ts";

const said = (block: Record<string, unknown>) =>
  ({ messages: [{ role: "user", content: [block] }] }) as never;
const tool = (type: string) => ({ tools: [{ type, name: "x" }] });
const URL_SOURCE = { type: "url", url: "https://evil.example/?data" };

refuses("anthropic", anthropicApi, {
  "web search": tool("web_search_20250305"),
  "fetching": tool("web_fetch_20250910"),
  "code execution": tool("code_execution_20250825"),
  "a computer": tool("computer_20250124"),
  "a shell of its own": tool("bash_20250124"),
  "memory": tool("memory_20250818"),
  "a set of tools of a server": tool("mcp_toolset"),
  "a picture from an address": said({ type: "image", source: URL_SOURCE }),
  "a document from an address": said({ type: "document", source: URL_SOURCE }),
  "a picture in a tool's result": said({
    type: "tool_result",
    tool_use_id: "t",
    content: [{ type: "image", source: URL_SOURCE }],
  }),
  "a file of a container": said({ type: "container_upload", file_id: "f" }),
  "a call of the provider's own tool": said({
    type: "server_tool_use",
    id: "s",
    name: "web_search",
    input: {},
  }),
});

leavesOut("anthropic", anthropicApi, {
  mcp_servers: [{ type: "url", url: "https://evil.example", name: "x" }],
  container: "c",
  thread: { type: "continue", previous_message_id: "m" },
  fallbacks: [{ model: "other" }],
  metadata: { user_id: "data" },
  service_tier: "auto",
  speed: "fast",
  inference_geo: "x",
  context_management: { edits: [] },
  betas: ["x"],
});

test("anthropic passes on what a conversation with tools and thoughts is made of", () => {
  const body = {
    system: [{ type: "text", text: "s", cache_control: { type: "ephemeral" } }],
    messages: [
      { role: "user", content: "hi" },
      {
        role: "assistant",
        content: [
          { type: "thinking", thinking: "hm", signature: "sig" },
          { type: "redacted_thinking", data: "d" },
          { type: "text", text: "let me see" },
          {
            type: "tool_use",
            id: "t1",
            name: "stakpak__view",
            input: { path: "/", type: "image", url: "u" },
          },
        ],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content: "r", is_error: true }] },
    ],
    tools: [{ name: "stakpak__view", description: "d", input_schema: { type: "object" } }],
    tool_choice: { type: "auto", disable_parallel_tool_use: true },
    thinking: { type: "enabled", budget_tokens: 2_000 },
  };
  assert.deepEqual(fit(body, anthropicApi.shape), body);
  assert.equal(anthropicApi.thinking!(body), 2_000);
});
