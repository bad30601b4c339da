import { canonicalJson } from "../domain/canonical_json.ts";
import type { Json } from "../domain/json.ts";

/** SHA-256, in hex, of `value` as JSON whose keys are sorted: what is equal has the same hash, however it was written. */
export async function canonicalHash(value: Json): Promise<string> {
  return await textHash(canonicalJson(value));
}

/** SHA-256, in hex, of the UTF-8 of `text`. */
export async function textHash(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}
