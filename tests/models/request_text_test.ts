// deno-lint-ignore-file camelcase -- the fields are those of the wire
import assert from "node:assert/strict";
import { BudgetExceeded, GatewayRefused } from "../../src/models/gateway.ts";
import { MODEL_APIS } from "../../src/models/model_api.ts";
import { requestText } from "../../src/models/request_text.ts";
import { test } from "../sanitized.ts";
import { routeTo } from "./routes.ts";

const redact = (text: string) => text.replaceAll("hunter2", "[x]");
const route = routeTo("https://provider.example/v1/messages", "anthropic");
const asked = {
  url: "https://gateway.invalid/v1/messages",
  method: "POST",
  body: '{"messages":[{"role":"user","content":"hi"}]}',
};

const text = (more: Partial<typeof asked>, tokensLeft?: number) =>
  requestText(route, { ...asked, ...more }, { redact, ...(tokensLeft === undefined ? {} : { tokensLeft }) });

const OTHER_ADDRESSES = [
  "https://gateway.invalid/v1/files",
  "https://gateway.invalid/v1/messages/",
  "https://gateway.invalid/v1/messages/batches",
  "https://gateway.invalid/v1/messages?beta=true",
  "https://gateway.invalid/v1/messages#x",
  "https://gateway.invalid/v1/x/../messages",
  "https://gateway.invalid/v1/%6dessages",
  "https://gateway.invalid/v1//messages",
  "https://GATEWAY.invalid/v1/messages",
  "https://gateway.invalid:443/v1/messages",
  "http://gateway.invalid/v1/messages",
  "https://ada@gateway.invalid/v1/messages",
  "https://provider.example/v1/messages",
  "https://evil.example/v1/messages",
  " https://gateway.invalid/v1/messages",
  "/v1/messages",
  "",
];

for (const url of OTHER_ADDRESSES) {
  test(`requestText() refuses the address ${JSON.stringify(url)}`, () => {
    assert.throws(
      () => text({ url }),
      (error: unknown) =>
        error instanceof GatewayRefused && /not the address of its model/.test(error.message),
    );
  });
}

for (const method of ["GET", "post", "DELETE", "PUT", "CONNECT", ""]) {
  test(`requestText() refuses the method ${JSON.stringify(method)}`, () => {
    assert.throws(() => text({ method }), GatewayRefused);
  });
}

for (const body of ["", "{", "[]", "null", '"text"', "7", "[".repeat(100_000), '{"messages": 7}']) {
  test(`requestText() refuses a body that begins ${JSON.stringify(body.slice(0, 20))}`, () => {
    assert.throws(() => text({ body }), GatewayRefused);
  });
}

test("requestText() refuses more than 8 MiB, counted in bytes", () => {
  const body = (characters: number) => `{"system":"${"é".repeat(characters)}"}`;
  assert.throws(() => text({ body: body(4 * 1024 * 1024) }), /it has more than 8388608 bytes/);
  assert.ok(text({ body: body(4 * 1024 * 1024 - 10) }));
});

test("requestText() writes model, streaming and the longest answer over what the worker says", () => {
  const body = { model: "other", stream: false, max_tokens: 1e9, messages: [] };
  assert.deepEqual(JSON.parse(text({ body: JSON.stringify(body) })), {
    messages: [],
    model: "model-1",
    max_tokens: 8_192,
    stream: true,
  });
});

test("requestText() redacts once more whatever may be sent", () => {
  const body = {
    system: "hunter2",
    messages: [{ role: "user", content: [{ type: "text", text: "it is hunter2" }] }],
    tools: [{ name: "t", description: "hunter2", input_schema: { "hunter2": { enum: ["hunter2"] } } }],
    stop_sequences: ["hunter2"],
  };
  const sent = text({ body: JSON.stringify(body) });
  assert.ok(!sent.includes("hunter2"));
  assert.equal(sent.split("[x]").length - 1, 6);
});

test("requestText() sets the longest answer in every API's own words", () => {
  const limits = Object.fromEntries(MODEL_APIS.map((api) => {
    const to = routeTo("https://provider.example/x", api);
    const sent = requestText(to, { url: to.workerBase + to.workerPath, method: "POST", body: "{}" }, {
      redact,
    });
    return [api, JSON.parse(sent)];
  }));
  assert.deepEqual(limits, {
    "anthropic": { model: "model-1", max_tokens: 8_192, stream: true },
    "openai-responses": { model: "model-1", max_output_tokens: 8_192, stream: true, store: false },
    "openai-chat": {
      model: "model-1",
      max_tokens: 8_192,
      stream: true,
      stream_options: { include_usage: true },
    },
    "google": { generationConfig: { maxOutputTokens: 8_192 } },
  });
});

test("requestText() shortens the answer to what the budget leaves, and refuses when that is too little", () => {
  assert.equal(JSON.parse(text({}, 2_000)).max_tokens, 2_000 - Math.ceil(asked.body.length / 3.5));
  assert.throws(() => text({}, 1_000), BudgetExceeded);
});
