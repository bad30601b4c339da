import type { Json } from "../domain/json.ts";

/** SHA-256, in hex, of `value` as JSON whose keys are sorted: what is equal has the same hash, however it was written. */
export async function canonicalHash(value: Json): Promise<string> {
  return await textHash(canonicalJson(value));
}

/** SHA-256, in hex, of the UTF-8 of `text`. */
export async function textHash(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

function canonicalJson(value: Json): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const entries = Object.entries(value as Readonly<Record<string, Json>>).sort(([one], [other]) =>
    one < other ? -1 : 1
  );
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(",")}}`;
}
