/**
 * A request that brings an `Idempotency-Key` is carried out once, however often it is sent within 24 hours. The key is
 * taken before the work and kept with its answer; a request that failed did nothing, so its key is free again.
 *
 * @module
 */
import * as z from "zod";
import { canonicalJson } from "../domain/canonical_json.ts";
import { ApiError } from "./api_error.ts";
import type { HttpContext } from "./http_env.ts";
import type { HttpParts } from "./http_parts.ts";

export const idempotencyHeaders = z.object({
  "idempotency-key": z.string().min(1).max(255).optional().meta({
    description: "The same request again, with the same key, gets the first one's answer. Kept for 24 hours.",
  }),
});

export interface Keyed {
  /** As it was validated: what a schema left out does not count. */
  readonly body: unknown;
  /** What the key is for, where another path means the same. Absent: the request's. */
  readonly path?: string;
}

/**
 * What `work` answers, or answered when the key came first. Throws `ApiError` 409 `idempotency_key_reused`,
 * `idempotency_in_progress`.
 */
export async function once<Answer extends object>(
  c: HttpContext,
  { store, instance }: Pick<HttpParts, "store" | "instance">,
  { body, path = c.req.path }: Keyed,
  work: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const given = c.req.header("idempotency-key");
  if (given === undefined) return await work();
  const key = `${c.req.method}:${path}:${given}`;
  const reserved = store.keys.reserve(key, await hashOf(body), instance);
  if (!reserved.taken) {
    if (reserved.why === "answered") return JSON.parse(reserved.body) as Answer;
    throw reserved.why === "other_body"
      ? new ApiError(409, "idempotency_key_reused", "Idempotency key was reused with different payload")
      : new ApiError(409, "idempotency_in_progress", "the first request with this key has no answer yet");
  }
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    store.keys.release(key);
    throw error;
  }
  store.keys.complete(key, SUCCESS, JSON.stringify(answer));
  return answer;
}

/** Each route has one status of success; the record only says that it was one. */
const SUCCESS = 200;

async function hashOf(body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(body));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
