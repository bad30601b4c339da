import { createHash } from "node:crypto";
import { canonicalJson } from "../domain/canonical_json.ts";
import type { Json } from "../domain/json.ts";

/** SHA-256, in hex, of `value` as JSON whose keys are sorted: what is equal has the same hash, however it was written. */
export function canonicalHash(value: Json): string {
  return textHash(canonicalJson(value));
}

/** SHA-256, in hex, of the UTF-8 of `text`. WebCrypto's waits, and a transaction does not. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
