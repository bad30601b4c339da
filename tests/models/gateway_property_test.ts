/**
 * Whatever a worker asks for: what reaches a provider is ours in all but the words of the conversation.
 *
 * @module
 */
import assert from "node:assert/strict";
import fc from "fast-check";
import { GatewayBroken, GatewayRefused } from "../../src/models/gateway.ts";
import { MODEL_APIS, type ModelApi } from "../../src/models/model_api.ts";
import { openGateway } from "../../src/models/open_gateway.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { KEY, routeTo } from "./routes.ts";

const SECRET = "hunter2hunter2";
const redact = (text: string) => text.replaceAll(SECRET, "[x]");

/** Names that the APIs know, with those that would lead somewhere else. */
const NAMES = [
  "model",
  "models",
  "stream",
  "store",
  "max_tokens",
  "max_output_tokens",
  "max_completion_tokens",
  "messages",
  "input",
  "contents",
  "parts",
  "content",
  "role",
  "type",
  "text",
  "tools",
  "tool_choice",
  "system",
  "url",
  "image_url",
  "fileData",
  "file_id",
  "generationConfig",
  "maxOutputTokens",
  "candidateCount",
  "n",
  "metadata",
  "user",
  "headers",
  "api_key",
  "baseURL",
  "mcp_servers",
  "previous_response_id",
  "functionDeclarations",
  "googleSearch",
  "name",
  "parameters",
  "input_schema",
  "__proto__",
  "constructor",
  "toJSON",
  SECRET,
];
const WORDS = [
  "user",
  "assistant",
  "text",
  "input_text",
  "function",
  "custom",
  "tool_use",
  "tool_result",
  "image",
  "web_search",
  "web_search_20250305",
  "mcp",
  "code_interpreter",
  "item_reference",
  "https://evil.example/",
  SECRET,
  "",
  "model-2",
];

const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(...WORDS, null, true, 0, -1, 1e9, 1.5),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...NAMES), tie("value"), { maxKeys: 6, noNullPrototype: true }),
  ),
})).value;

const body = fc.oneof(
  fc.dictionary(fc.constantFrom(...NAMES), json, { noNullPrototype: true }).map((value) =>
    JSON.stringify(value)
  ),
  json.map((value) => JSON.stringify(value)),
  fc.string(),
);

const PATH_PARTS = ["..", ".", "%2e%2e", "messages", "v1", "", "models", "@evil.example", "#", "?a=b", "\\"];
const url = (right: string) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constant(right) },
    {
      weight: 2,
      arbitrary: fc.array(fc.constantFrom(...PATH_PARTS)).map((parts) => `${right}/${parts.join("/")}`),
    },
    { weight: 1, arbitrary: fc.webUrl({ withQueryParameters: true }) },
    { weight: 1, arbitrary: fc.string() },
  );

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** What is told of a body that got through. */
function assertOurs(api: ModelApi, { url, init }: Sent, wanted: { url: string; limit: number }): void {
  assert.equal(url, wanted.url);
  assert.equal(init.method, "POST");
  assert.equal(init.redirect, "manual");
  assert.deepEqual(init.headers, {
    "x-api-key": KEY,
    "content-type": "application/json",
    "accept": "text/event-stream",
  });
  const text = String(init.body);
  assert.ok(!text.includes(SECRET) && !text.includes(KEY));
  const sent = JSON.parse(text);
  const limits = [
    sent.max_tokens,
    sent.max_output_tokens,
    sent.max_completion_tokens,
    sent.generationConfig?.maxOutputTokens,
  ].filter((limit) => limit !== undefined);
  assert.ok(limits.length === 1 && limits[0] >= 1 && limits[0] <= wanted.limit, `limits ${limits}`);
  assert.equal(sent.model, api === "google" ? undefined : "model-1");
  assert.equal(sent.stream, api === "google" ? undefined : true);
  assert.equal(sent.store, api === "openai-responses" ? false : undefined);
  for (const name of ["models", "n", "metadata", "user", "mcp_servers", "previous_response_id", "headers"]) {
    assert.equal(sent[name], undefined);
  }
  for (const tool of sent.tools ?? []) {
    if (api === "google") {
      assert.deepEqual(Object.keys(tool).filter((name) => name !== "functionDeclarations"), []);
    } else assert.ok(["function", "custom", undefined].includes(tool.type), `tool ${tool.type}`);
  }
}

for (const api of MODEL_APIS) {
  test(`whatever a worker asks for by ${api}, the request has our address, method, headers, model and limits`, async () => {
    const route = routeTo("https://provider.example/v1/infer", api);
    const right = route.workerBase + route.workerPath;
    let through = 0;
    await fc.assert(
      fc.asyncProperty(
        url(right),
        fc.constantFrom("POST", "POST", "POST", "GET", "PUT"),
        body,
        async (url, method, body) => {
          const sent: Sent[] = [];
          const gateway = openGateway({
            now: () => new Date(),
            fetch: (url, init) => {
              sent.push({ url, init });
              return Promise.reject(new Error("far enough"));
            },
          });
          const signal = new AbortController().signal;
          await assert.rejects(
            gateway.open(route, { url, method, body }, { signal, redact }),
            (error) => error instanceof GatewayRefused || error instanceof GatewayBroken,
          );
          if (url !== right || method !== "POST") assert.equal(sent.length, 0);
          for (const one of sent) assertOurs(api, one, { url: route.url, limit: route.limits.outputTokens });
          through += sent.length;
        },
      ),
      { numRuns: runs(20_000), seed: SEED },
    );
    assert.ok(through > 0, "nothing got through: this shows nothing");
  });
}
