import assert from "node:assert/strict";
import { openrouter } from "../../../src/models/providers/openrouter.ts";
import { test } from "../../sanitized.ts";

test("openrouter is asked by Chat Completions, with its key as a bearer", () => {
  const place = openrouter.place(new URL(openrouter.address!), "anthropic/claude-opus-4-6");
  assert.deepEqual(place, { api: "openai-chat", url: "https://openrouter.ai/api/v1/chat/completions" });
  assert.deepEqual(openrouter.headers("k", false), { "authorization": "Bearer k" });
});
