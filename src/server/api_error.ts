import type { API_CODES, ApiCodeName } from "./api_codes.ts";

/** A failure that whoever called is told of. `code` is a slug of the API: docs/api.md. */
export class ApiError<Code extends ApiCodeName = ApiCodeName> extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly status: (typeof API_CODES)[Code]["status"],
    readonly code: Code,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}
