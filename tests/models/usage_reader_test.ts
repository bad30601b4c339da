import assert from "node:assert/strict";
import type { Usage } from "../../src/domain/usage.ts";
import { API_RULES } from "../../src/models/apis.ts";
import type { ModelApi } from "../../src/models/model_api.ts";
import { usageReader } from "../../src/models/usage_reader.ts";
import { test } from "../sanitized.ts";

/** What is read of a stream that comes in pieces of so many bytes. */
function read(api: ModelApi, text: string, size = 7, requestBytes = 350): Usage {
  const reader = usageReader(API_RULES[api], requestBytes);
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
  return reader.usage();
}

const stream = (...events: unknown[]) =>
  events.map((event) => `event: x\r\ndata: ${JSON.stringify(event)}\r\n\r\n`).join("");

const STREAMS: Readonly<Record<ModelApi, string>> = {
  "anthropic": stream(
    {
      type: "message_start",
      message: {
        usage: {
          input_tokens: 10,
          cache_creation_input_tokens: 5,
          cache_read_input_tokens: 85,
          output_tokens: 1,
        },
      },
    },
    { type: "content_block_delta", delta: { type: "text_delta", text: "über usage €" } },
    {
      type: "message_delta",
      delta: {},
      usage: { output_tokens: 40, output_tokens_details: { thinking_tokens: 30 } },
    },
  ),
  "openai-responses": stream({ type: "response.created", response: { usage: null } }, {
    type: "response.completed",
    response: {
      usage: {
        input_tokens: 100,
        input_tokens_details: { cached_tokens: 85, cache_write_tokens: 5 },
        output_tokens: 40,
        output_tokens_details: { reasoning_tokens: 30 },
      },
    },
  }),
  "openai-chat": stream({ choices: [{ delta: { content: "usage" } }], usage: null }, {
    choices: [],
    usage: {
      prompt_tokens: 100,
      completion_tokens: 40,
      prompt_tokens_details: { cached_tokens: 85, cache_write_tokens: 5 },
      completion_tokens_details: { reasoning_tokens: 30 },
    },
  }) + "data: [DONE]\n\n",
  "google": stream({ usageMetadata: { promptTokenCount: 98, candidatesTokenCount: 2 } }, {
    candidates: [],
    usageMetadata: {
      promptTokenCount: 98,
      toolUsePromptTokenCount: 2,
      candidatesTokenCount: 10,
      thoughtsTokenCount: 30,
      cachedContentTokenCount: 85,
    },
  }),
};

for (const api of Object.keys(STREAMS) as ModelApi[]) {
  test(`usageReader() counts what ${api} says, with cache and reasoning, however its stream is cut`, () => {
    for (const size of [1, 7, 1_000_000]) {
      assert.deepEqual(read(api, STREAMS[api], size), {
        inputTokens: 100,
        cacheReadTokens: 85,
        cacheWriteTokens: api === "google" ? 0 : 5,
        outputTokens: 40,
        reasoningTokens: 30,
      });
    }
  });
}

test("usageReader() goes by the length of request and answer where nothing is said", () => {
  for (const api of Object.keys(STREAMS) as ModelApi[]) {
    const { inputTokens, outputTokens } = read(api, "data: {}\n\n", 3, 351);
    assert.deepEqual([inputTokens, outputTokens], [101, 3]);
  }
});

test("usageReader() counts the answer by its length where a stream ends before its count came", () => {
  const cut = STREAMS.anthropic.slice(0, STREAMS.anthropic.indexOf("event: x", 10));
  const { inputTokens, cacheReadTokens, outputTokens } = read("anthropic", cut);
  assert.deepEqual([inputTokens, cacheReadTokens, outputTokens], [100, 85, Math.ceil(cut.length / 3.5)]);
});

test("usageReader() takes the greatest number where a later event says less", () => {
  const text = stream(
    { type: "message_start", message: { usage: { input_tokens: 0 } } },
    { type: "message_delta", usage: { input_tokens: 100, output_tokens: 40 } },
    { type: "message_delta", usage: { input_tokens: 0, output_tokens: 0 } },
  );
  const { inputTokens, outputTokens } = read("anthropic", text);
  assert.deepEqual([inputTokens, outputTokens], [100, 40]);
});

test("usageReader() takes no counts that are none, and stumbles over no line that is no JSON", () => {
  const text = `data: {"usage": \n\ndata: usage\n\n${
    stream({ usage: { prompt_tokens: -1, completion_tokens: "40" } }, { usage: [] }, "usage")
  }`;
  assert.equal(read("openai-chat", text).inputTokens, 100);
});

test("usageReader() reads a last line that has no end", () => {
  assert.equal(
    read("openai-chat", 'data: {"usage":{"prompt_tokens":7,"completion_tokens":8}}').outputTokens,
    8,
  );
});
