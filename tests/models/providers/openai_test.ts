import assert from "node:assert/strict";
import { openai } from "../../../src/models/providers/openai.ts";
import { test } from "../../sanitized.ts";

const place = (address: string) => {
  const { api, url } = openai.place(new URL(address), "m");
  return `${api} ${url}`;
};

test("openai itself is asked by Responses", () => {
  assert.equal(place(openai.address!), "openai-responses https://api.openai.com/v1/responses");
  assert.equal(place("https://api.openai.com"), "openai-responses https://api.openai.com/v1/responses");
});

test("openai at another address is asked by Chat Completions", () => {
  assert.equal(
    place("https://groq.example/openai/v1"),
    "openai-chat https://groq.example/openai/v1/chat/completions",
  );
  assert.equal(place("http://127.0.0.1:4010"), "openai-chat http://127.0.0.1:4010/v1/chat/completions");
});

test("openai is asked by the API that its address ends with", () => {
  assert.equal(
    place("https://api.openai.com/v1/chat/completions"),
    "openai-chat https://api.openai.com/v1/chat/completions",
  );
  assert.equal(
    place("http://127.0.0.1:4010/v1/responses"),
    "openai-responses http://127.0.0.1:4010/v1/responses",
  );
});

test("openai takes its key as a bearer", () => {
  assert.deepEqual(openai.headers("k", false), { "authorization": "Bearer k" });
});
