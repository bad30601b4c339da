/**
 * The SDKs themselves, as the worker uses them, through the gateway to aimock: what they send arrives whole.
 *
 * @module
 */
import assert from "node:assert/strict";
import { LLMock } from "@copilotkit/aimock";
import { infer } from "../../src/agent/inference.ts";
import { pairedHistory } from "../../src/agent/paired_history.ts";
import { promptOf, toolsOf } from "../../src/agent/prompt_of.ts";
import { PROVIDER_OPTIONS, providerModel } from "../../src/agent/provider_model.ts";
import type { Message } from "../../src/domain/message.ts";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { MODEL_APIS, type ModelApi } from "../../src/models/model_api.ts";
import { openGateway } from "../../src/models/open_gateway.ts";
import { resolveRoute } from "../../src/models/resolve_route.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { KEY, profileOf } from "./routes.ts";

/** One for all: it has a timer that it keeps. */
const mock = new LLMock({ port: 0, logLevel: "silent" });
const SIGNATURE = "EqoBCkgIARABGAIiQL8vYtR2xW5kLmN7pQ9sT1uV3wX5yZ7aB9cD1eF3gH5jK7mN9pQ==";
mock.on({ hasToolResult: false }, {
  content: "Let me look.",
  reasoning: "The user wants to see a folder.",
  reasoningSignature: SIGNATURE,
  toolCalls: [{ name: "stakpak__view", arguments: '{"path":"/srv"}', id: "toolu_01" }],
  usage: { input_tokens: 70, output_tokens: 30, prompt_tokens: 70, completion_tokens: 30, total_tokens: 100 },
});
mock.on({ hasToolResult: true }, { content: "There is a folder." });
await mock.start();

const PROVIDERS: Readonly<Record<ModelApi, readonly [id: string, type: string, path: string]>> = {
  "anthropic": ["claude-sonnet-4-5", "anthropic", "/v1"],
  "openai-responses": ["gpt-5", "openai", "/v1/responses"],
  "openai-chat": ["deepseek-chat", "custom", "/v1"],
  "google": ["gemini-2.5-pro", "gemini", "/v1beta"],
};

/** What ring 0 decides, whatever the SDK says. */
const SEALED = ["model", "stream", "stream_options", "store", "include", "max_tokens", "max_output_tokens"];

function without(body: string, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(JSON.parse(body)).filter(([name]) => !names.includes(name)));
}

for (const api of MODEL_APIS) {
  test(`a conversation with thoughts and tools goes through the gateway by ${api} as the SDK says it`, async () => {
    const [model, type, path] = PROVIDERS[api];
    const table = `[profiles.default.providers.here]\ntype = "${type}"\napi_key = "${KEY}"\n`;
    const profile = profileOf(`${table}api_endpoint = "${mock.url}${path}"\n`);
    const route = await resolveRoute(fakeHost(), `here/${model}`, profile);
    assert.equal(route.api, api);
    const reached: { url: string; body: string }[] = [];
    const gateway = openGateway({
      now: () => new Date(),
      fetch(url, init) {
        reached.push({ url, body: String(init.body) });
        return fetchPastProxies(url, init);
      },
    });
    const said: string[] = [];
    const redactor = new Redactor();
    redactor.add(KEY);
    const used: number[] = [];
    const sdk = await providerModel(
      { api, model: route.model, baseUrl: route.workerBase },
      async (input, init) => {
        const body = String(init?.body);
        said.push(body);
        const request = { url: String(input), method: init?.method ?? "GET", body };
        const signal = new AbortController().signal;
        const answer = await gateway.open(route, request, {
          signal,
          redact: (text) => redactor.redact(text),
        });
        const chunks: Uint8Array<ArrayBuffer>[] = [];
        for await (const chunk of answer.body) chunks.push(chunk as Uint8Array<ArrayBuffer>);
        const { inputTokens, outputTokens } = answer.usage();
        used.push(inputTokens, outputTokens);
        return new Response(new Blob(chunks).stream(), { status: answer.status, headers: answer.headers });
      },
    );
    const ask = (history: readonly Message[]) =>
      infer(sdk, {
        prompt: promptOf("You look after servers.", pairedHistory(history, api)),
        maxOutputTokens: route.limits.outputTokens,
        tools: toolsOf([{
          name: "stakpak__view",
          description: "Shows a file.",
          inputSchema: { type: "object" },
        }]),
        providerOptions: PROVIDER_OPTIONS,
      }, () => {});
    const user: Message = { role: "user", text: "What is in /srv?" };
    const { parts } = await ask([user]);
    const call = parts.find((part) => part.type === "tool_call");
    assert.deepEqual(call?.call.input, { path: "/srv" });
    assert.deepEqual(used, [70, 30]);
    const result: Message = {
      role: "tool",
      results: [{ callId: call!.call.id, text: "a folder", isError: false }],
    };
    const last = await ask([user, { role: "assistant", parts }, result]);
    assert.ok(last.parts.some((part) => part.type === "text" && part.text === "There is a folder."));
    assert.equal(reached.length, 2);
    if (api === "anthropic") {
      assert.ok(reached[1]!.body.includes(SIGNATURE), "the thought lost its signature");
    }
    for (const [at, { url, body }] of reached.entries()) {
      assert.equal(url, route.url);
      assert.ok(!`${url}${body}`.includes(KEY));
      assert.deepEqual(without(body, SEALED), without(said[at]!, SEALED));
    }
  });
}
