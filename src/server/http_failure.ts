// deno-lint-ignore-file camelcase -- the codes of the API
import type { HttpContext } from "./http_env.ts";
import { HTTPException } from "hono/http-exception";
import { UserError } from "../domain/error.ts";
import { plainText } from "../domain/plain_text.ts";
import { ApiError } from "./api_error.ts";
import type { HttpParts } from "./http_parts.ts";

/** Any failure as an answer: `{error, code, request_id, hint?}`. A bug of ours goes to the log, and says no more here. */
export function failureResponse(
  c: HttpContext,
  error: unknown,
  { redact, log }: Pick<HttpParts, "redact" | "log">,
): Response {
  const requestId = c.get("requestId");
  const told = apiErrorOf(error);
  if (!told) log(`${requestId}: ${plainText(stackOf(error), { newlines: "keep" })}`);
  const { status, code, message, hint } = told ??
    new ApiError(500, "internal_error", "the server failed; its log has more under the request id");
  const body = {
    error: redact(message),
    code,
    request_id: requestId,
    ...(hint !== undefined && { hint: redact(hint) }),
  };
  for (const [name, value] of Object.entries(HEADERS[code] ?? {})) c.header(name, value);
  return c.json(body, status as 500);
}

const HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  unauthorized: { "www-authenticate": 'Bearer realm="stakpak"' },
  // More of it may be on its way.
  payload_too_large: { "connection": "close" },
  too_many_runs: { "retry-after": "5" },
  too_many_streams: { "retry-after": "5" },
  idempotency_in_progress: { "retry-after": "1" },
};

function apiErrorOf(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  // Of the machine: a full disk, a damaged store. Whoever may ask may also know.
  if (error instanceof UserError) return new ApiError(500, "internal_error", error.message, error.hint);
  if (!(error instanceof HTTPException)) return undefined;
  if (error.status === 415) {
    return new ApiError(
      415,
      "unsupported_media_type",
      "the body is not declared as JSON",
      "send it with the header content-type: application/json",
    );
  }
  // Of hono's reading of the body.
  return error.status === 400 ? new ApiError(400, "invalid_request", "the body is not JSON") : undefined;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
