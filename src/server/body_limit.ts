import type { Next } from "hono";
import { ApiError } from "./api_error.ts";
import type { HttpContext } from "./http_env.ts";

/** Of one request. Source: server spec §1.1. */
export const BODY_BYTES_MAX = 2 * 1024 * 1024;

/** A client that is still writing does not read the refusal; so much is read for it. */
const READ_BYTES_MAX = 8 * BODY_BYTES_MAX;

const WITHOUT_BODY = new Set(["GET", "HEAD", "DELETE", "OPTIONS"]);

/** Reads the body once, no more of it than is allowed; whoever asks for it later gets that. */
export async function bodyLimit(c: HttpContext, next: Next): Promise<void> {
  const { req } = c;
  if (!WITHOUT_BODY.has(req.method) && req.raw.body !== null) {
    if (Number(req.header("content-length") ?? 0) > READ_BYTES_MAX) throw tooLarge();
    const bytes = await readAll(req.raw.body);
    // Declared as a text, and used by hono as the promise of one.
    (req.bodyCache as unknown as { text?: Promise<string> }).text = Promise.resolve(textOf(bytes));
  }
  await next();
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk);
    else if (bytes > READ_BYTES_MAX) break;
  }
  if (bytes > BODY_BYTES_MAX) throw tooLarge();
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new ApiError(400, "invalid_request", "the body is not UTF-8");
  }
}

function tooLarge(): ApiError {
  return new ApiError(413, "payload_too_large", `the body is longer than ${BODY_BYTES_MAX} bytes`);
}
