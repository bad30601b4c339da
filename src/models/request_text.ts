/**
 * From what a worker asks for to the text that is sent.
 *
 * @module
 */
import type { Json } from "../domain/json.ts";
import { API_RULES } from "./apis.ts";
import type { RequestBody } from "./api_rules.ts";
import { type GatewayOptions, GatewayRefused, type InferenceRequest } from "./gateway.ts";
import type { ModelRoute } from "./model_route.ts";
import { redactJson } from "./redact_json.ts";
import { fit } from "./request_shape.ts";
import { answerTokens } from "./token_budget.ts";

/** One request, also where it carries the longest conversation there is. */
const MAX_REQUEST_BYTES = 8 * 1024 * 1024;

/**
 * The body for `route`. Throws {@linkcode GatewayRefused} for another address or method and for a body that is not the
 * API's, and {@linkcode BudgetExceeded}.
 */
export function requestText(
  route: ModelRoute,
  { url, method, body }: InferenceRequest,
  { redact, tokensLeft }: Pick<GatewayOptions, "redact" | "tokensLeft">,
): string {
  if (url !== route.workerBase + route.workerPath) throw refused("that is not the address of its model");
  if (method !== "POST") throw refused("its method must be POST");
  const rules = API_RULES[route.api];
  const known = redactJson(fit(parsed(body), rules.shape) as RequestBody, redact);
  const answer = answerTokens({
    limit: route.limits.outputTokens,
    asked: rules.asked(known),
    thinking: rules.thinking?.(known),
    requestBytes: bytesOf(JSON.stringify(known)),
    tokensLeft,
  });
  return JSON.stringify(rules.sealed(known, route, answer));
}

function parsed(body: string): Json {
  if (bytesOf(body) > MAX_REQUEST_BYTES) throw refused(`it has more than ${MAX_REQUEST_BYTES} bytes`);
  try {
    return JSON.parse(body);
  } catch {
    throw refused("it is no JSON");
  }
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function refused(why: string): GatewayRefused {
  return new GatewayRefused(`Cannot send that request to the model: ${why}`);
}
