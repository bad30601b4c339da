import assert from "node:assert/strict";
import { bearer, chatPlace } from "../../src/models/chat_place.ts";
import { test } from "../sanitized.ts";

test("chatPlace() adds the path, and a version to a host alone", () => {
  const wanted: Readonly<Record<string, string>> = {
    "http://127.0.0.1:11434": "http://127.0.0.1:11434/v1/chat/completions",
    "https://a.example/v1": "https://a.example/v1/chat/completions",
    "https://a.example/inference/": "https://a.example/inference/chat/completions",
    "https://a.example/chat/completions": "https://a.example/chat/completions",
    "https://a.example/openai?api-version=1": "https://a.example/openai/chat/completions?api-version=1",
  };
  for (const [address, url] of Object.entries(wanted)) assert.equal(chatPlace(new URL(address)).url, url);
});

test("bearer() says nothing without a key", () => {
  assert.deepEqual(bearer(undefined), {});
  assert.deepEqual(bearer("k"), { "authorization": "Bearer k" });
});
