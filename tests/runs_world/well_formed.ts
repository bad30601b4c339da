/**
 * Whether a request to a model is one that the provider takes: the rules of each API, read from its reference, not from
 * our code. Answers a sentence for each rule that is broken; none when all is well.
 *
 * @module
 */
import { anthropicFaults } from "./well_formed_anthropic.ts";
import { chatFaults } from "./well_formed_chat.ts";
import { responsesFaults } from "./well_formed_responses.ts";
import type { ProviderRequest } from "./provider.ts";
import type { Wire } from "./steps.ts";
import type { Body } from "./well_formed_parts.ts";

const FAULTS: Readonly<Record<Wire, (body: Body) => string[]>> = {
  anthropic: anthropicFaults,
  "openai-responses": responsesFaults,
  "openai-chat": chatFaults,
};

/** Where each wire has its inference, and how it wants to be told who asks. */
const DOOR: Readonly<Record<Wire, { path: RegExp; key: string; others: readonly string[] }>> = {
  anthropic: { path: /^\/v1\/messages$/, key: "x-api-key", others: ["authorization", "cookie", "referer"] },
  "openai-responses": {
    path: /^\/v1\/responses$/,
    key: "authorization",
    others: ["x-api-key", "cookie", "referer"],
  },
  "openai-chat": {
    path: /^\/v1\/chat\/completions$/,
    key: "authorization",
    others: ["x-api-key", "cookie", "referer"],
  },
};

export function faultsOf({ wire, method, path, headers, body, text }: ProviderRequest): string[] {
  if (!wire) return [`${method} ${path} is no inference`];
  const door = DOOR[wire];
  return [
    ...(method === "POST" ? [] : [`the method is ${method}`]),
    ...(door.path.test(path) ? [] : [`the path is ${path}`]),
    ...(headers["content-type"]?.startsWith("application/json") ? [] : ["it is not said to be JSON"]),
    ...(headers[door.key] ? [] : [`${door.key} is missing`]),
    ...(wire === "anthropic" && !headers["anthropic-version"] ? ["anthropic-version is missing"] : []),
    ...door.others.filter((name) => headers[name] !== undefined).map((name) => `there is a header ${name}`),
    ...(text.isWellFormed() ? [] : ["it has half a character"]),
    ...FAULTS[wire](body),
  ];
}
