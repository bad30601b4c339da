import assert from "node:assert/strict";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { BudgetExceeded, GatewayRefused } from "../../src/models/gateway.ts";
import { test } from "../sanitized.ts";
import { ask, broken, textOf } from "./gateway_stage.ts";
import { events, providerServer } from "./provider_server.ts";
import { KEY } from "./routes.ts";

test("the gateway sends the route's address, headers and model, and gives the answer as it comes", async () => {
  await using server = await providerServer(
    events({ type: "message_start", message: { usage: { input_tokens: 9 } } }, {
      type: "message_delta",
      usage: { output_tokens: 4 },
    }),
  );
  const answer = await ask(server, { body: '{"messages":[],"model":"other"}' });
  assert.equal(answer.status, 200);
  assert.match(await textOf(answer), /^data: \{"type":"message_start"/);
  assert.deepEqual(answer.usage(), { ...NO_USAGE, inputTokens: 9, outputTokens: 4 });
  const [{ method, url, headers, body }] = server.seen as [typeof server.seen[0] & object];
  assert.deepEqual([method, url, headers["x-api-key"], headers["content-type"]], [
    "POST",
    "/v1/infer",
    KEY,
    "application/json",
  ]);
  assert.deepEqual(JSON.parse(body), { messages: [], model: "model-1", max_tokens: 8_192, stream: true });
});

test("the gateway refuses what the worker may not ask for, before anything is sent", async () => {
  await using server = await providerServer();
  await assert.rejects(ask(server, { body: '{"tools":[{"type":"web_search_20250305"}]}' }), GatewayRefused);
  await assert.rejects(ask(server, { options: { tokensLeft: 100 } }), BudgetExceeded);
  assert.equal(server.seen.length, 0);
});

test("the gateway refuses plain http to another machine, whoever made the route", async () => {
  const route = { url: "http://192.0.2.1/v1/infer" };
  await assert.rejects(ask({ origin: "http://127.0.0.1:1" }, { route }), GatewayRefused);
});

test("the gateway gives up on a provider that never answers", async () => {
  await using server = await providerServer(() => {});
  await assert.rejects(ask(server, { parts: { silenceMs: 50 } }), broken(/said nothing for 0\.05 s/));
});

test("the gateway gives up on an answer that falls silent", async () => {
  await using server = await providerServer((response) => void response.write("data: {}\n\n"));
  const answer = await ask(server, { parts: { silenceMs: 50 } });
  await assert.rejects(textOf(answer), broken(/said nothing for 0\.05 s/));
});

test("the gateway gives up on an error that falls silent", async () => {
  await using server = await providerServer((response) => void response.writeHead(500).write("x"));
  await assert.rejects(ask(server, { parts: { silenceMs: 50 } }), broken(/said nothing/));
});

test("the gateway gives up on an answer that drips for ever", async () => {
  await using server = await providerServer((response) => {
    const drip = setInterval(() => response.write(": ping\n\n"), 5);
    response.on("close", () => clearInterval(drip));
  });
  const answer = await ask(server, { parts: { totalMs: 100 } });
  await assert.rejects(textOf(answer), broken(/took longer than 0\.1 s/));
});

test("the gateway ends with the caller's reason, before, during and after the head of an answer", async () => {
  const reason = new Error("cancelled");
  await using server = await providerServer(() => {});
  await assert.rejects(
    ask(server, { options: { signal: AbortSignal.abort(reason) } }),
    (error) => error === reason,
  );
  assert.equal(server.seen.length, 0);
  const waiting = new AbortController();
  server.answer = () => waiting.abort(reason);
  await assert.rejects(ask(server, { options: { signal: waiting.signal } }), (error) => error === reason);
  const reading = new AbortController();
  server.answer = (response) => void response.write("data: {}\n\n");
  const answer = await ask(server, { options: { signal: reading.signal } });
  const read = async () => {
    for await (const _ of answer.body) reading.abort(reason);
  };
  await assert.rejects(read(), (error) => error === reason);
});

test("the gateway lets a provider go when an answer is not read to its end", async () => {
  const gone = Promise.withResolvers<void>();
  await using server = await providerServer((response) => {
    response.on("close", () => gone.resolve());
    response.write("data: {}\n\n");
  });
  for await (const _ of (await ask(server)).body) break;
  await gone.promise;
});
