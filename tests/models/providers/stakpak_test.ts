import assert from "node:assert/strict";
import { stakpak } from "../../../src/models/providers/stakpak.ts";
import { test } from "../../sanitized.ts";

test("stakpak is asked by Chat Completions, with its key as a bearer", () => {
  const place = stakpak.place(new URL(stakpak.address!), "anthropic/claude-opus-4-6");
  assert.deepEqual(place, { api: "openai-chat", url: "https://apiv2.stakpak.dev/v1/chat/completions" });
  assert.deepEqual(stakpak.headers("k", false), { "authorization": "Bearer k" });
});
