import type { Json } from "../domain/json.ts";
import { GatewayRefused } from "./gateway.ts";

const MAX_LEVELS = 100;

/** `value` with every text and every name in it passed through `redact`. Throws {@linkcode GatewayRefused} for a deep one. */
export function redactJson<T extends Json>(value: T, redact: (text: string) => string, level = 0): T {
  if (level > MAX_LEVELS) {
    throw new GatewayRefused(
      `Cannot send that request to the model: it is nested more than ${MAX_LEVELS} levels deep`,
    );
  }
  if (typeof value === "string") return redact(value) as T;
  if (Array.isArray(value)) {
    return value.map((element: Json) => redactJson(element, redact, level + 1)) as unknown as T;
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) =>
      [redact(name), redactJson(inner as Json, redact, level + 1)] as const
    ),
  ) as T;
}
