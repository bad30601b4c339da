import type { Json } from "../domain/json.ts";

/** What stands at a path of field names; `undefined` where there is none. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  let inner = value;
  for (const name of path) {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return undefined;
    inner = Object.hasOwn(inner, name) ? (inner as Readonly<Record<string, Json>>)[name] : undefined;
  }
  return inner;
}

/** A number of tokens as somebody else tells it: `undefined` for what is none. */
export function tokensAt(value: Json | undefined, ...path: readonly string[]): number | undefined {
  const number = at(value, ...path);
  return Number.isSafeInteger(number) && number as number >= 0 ? number as number : undefined;
}
