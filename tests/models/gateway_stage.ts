import assert from "node:assert/strict";
import { fetchPastProxies } from "../../src/host/deno_fetch.ts";
import { GatewayBroken, type GatewayOptions, type InferenceAnswer } from "../../src/models/gateway.ts";
import type { ModelApi } from "../../src/models/model_api.ts";
import type { ModelRoute } from "../../src/models/model_route.ts";
import { type GatewayParts, openGateway } from "../../src/models/open_gateway.ts";
import type { ProviderServer } from "./provider_server.ts";
import { routeTo } from "./routes.ts";

export interface Asking {
  readonly api?: ModelApi;
  readonly route?: Partial<ModelRoute>;
  readonly parts?: Partial<GatewayParts>;
  readonly options?: Partial<GatewayOptions>;
  readonly body?: string;
}

const NOW = new Date("2026-11-23T12:00:00Z");

/** Asks `server` through a gateway, as a worker does. */
export function ask(server: Pick<ProviderServer, "origin">, asking: Asking = {}): Promise<InferenceAnswer> {
  const { api = "anthropic", route, parts, options, body = '{"messages":[]}' } = asking;
  const to = routeTo(`${server.origin}/v1/infer`, api, route);
  const gateway = openGateway({ fetch: fetchPastProxies, now: () => NOW, ...parts });
  const request = { url: to.workerBase + to.workerPath, method: "POST", body };
  return gateway.open(to, request, {
    signal: new AbortController().signal,
    redact: (text) => text,
    ...options,
  });
}

export async function textOf({ body }: InferenceAnswer): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
  return text;
}

/** A check that an error is `GatewayBroken` and says this. */
export function broken(message: RegExp): (error: unknown) => boolean {
  return (error) =>
    error instanceof GatewayBroken && message.test(error.message) || assert.fail(String(error));
}
