import assert from "node:assert/strict";
import { GatewayBroken } from "../../src/models/gateway.ts";
import { gatewayFailure } from "../../src/models/gateway_failure.ts";
import { test } from "../sanitized.ts";
import { ask, broken } from "./gateway_stage.ts";
import { providerServer } from "./provider_server.ts";
import { routeTo } from "./routes.ts";

test("the gateway says that nobody answers, without the address's query", async () => {
  const server = await providerServer();
  await server[Symbol.asyncDispose]();
  const route = { url: `${server.origin}/v1/infer?key=hunter2` };
  await assert.rejects(ask(server, { route }), (error: unknown) => {
    broken(/^The connection to 127\.0\.0\.1:\d+ failed: nobody listens there$/)(error);
    return !String(error).includes("hunter2");
  });
});

function failureOf(error: unknown, signal = new AbortController().signal): unknown {
  const route = routeTo("https://provider.example/v1/messages?key=hunter2", "anthropic");
  const options = { signal, redact: (text: string) => text.replaceAll("hunter2", "[x]") };
  return gatewayFailure(error, { route, options, watch: { signal, heard() {}, end() {} } });
}

test("gatewayFailure() gives the reason of whoever ended the request", () => {
  assert.equal(failureOf(new Error("x"), AbortSignal.abort("enough")), "enough");
  const ours = new GatewayBroken("too long");
  assert.equal(failureOf(ours), ours);
});

test("gatewayFailure() says the host and the last cause, redacted and cut, and no address", () => {
  const cause = new Error(
    "error sending request for url (https://provider.example/?key=hunter2): dns error: no hunter2",
  );
  assert.equal(
    String(failureOf(new TypeError("fetch failed", { cause }))),
    "GatewayBroken: The connection to provider.example failed: no [x]",
  );
  assert.equal(
    String(failureOf("what")),
    "GatewayBroken: The connection to provider.example failed: it ended",
  );
  assert.ok(String(failureOf(new Error("x".repeat(10_000)))).length < 300);
});
