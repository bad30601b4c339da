import type { z } from "zod";
import { API_CODES, type ApiCodeName } from "./api_codes.ts";
import { errorBody, json } from "./api_schemas.ts";

interface FailureResponse {
  readonly description: string;
  readonly content: ReturnType<typeof json<typeof errorBody>>;
  readonly headers: Readonly<
    Record<string, { readonly description: string; readonly schema: z.ZodType | Text }>
  >;
}

interface Text {
  readonly type: "string";
}

/** Where a failure of any route can come from. */
const ANYWHERE: readonly ApiCodeName[] = [
  "invalid_request",
  "forbidden_host",
  "forbidden_origin",
  "internal_error",
];
/** What else a route with a body may answer. */
export const WITH_BODY: readonly ApiCodeName[] = ["payload_too_large", "unsupported_media_type"];
/** What else a route may answer that takes an idempotency key. */
export const WITH_KEY: readonly ApiCodeName[] = ["idempotency_key_reused", "idempotency_in_progress"];

/** The responses that a route documents for these codes, and for those that every route has. */
export function failures(...codes: readonly ApiCodeName[]): Record<string, FailureResponse> {
  return failuresOf([...ANYWHERE, "unauthorized", ...codes]);
}

/** As {@linkcode failures}, of a route that asks for no token. */
export function publicFailures(...codes: readonly ApiCodeName[]): Record<string, FailureResponse> {
  return failuresOf([...ANYWHERE, ...codes]);
}

function failuresOf(codes: readonly ApiCodeName[]): Record<string, FailureResponse> {
  const byStatus = Object.groupBy([...new Set(codes)], (code) => String(API_CODES[code].status));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, names = []]) => [status, {
      description: names.map((code) => `\`${code}\`: ${API_CODES[code].when}.`).join("\n"),
      content: json(errorBody),
      headers: headersOf(status),
    }]),
  );
}

function headersOf(status: string): FailureResponse["headers"] {
  const named = (description: string) => ({ description, schema: { type: "string" } as const });
  return {
    "x-request-id": named("Names the request in the log."),
    ...(status === "401" && { "www-authenticate": named('`Bearer realm="stakpak"`') }),
    ...(status === "405" && { allow: named("The methods that the path takes.") }),
  };
}
