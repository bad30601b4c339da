/** Why a web page cannot be shown; the codes are those of the tool's contract. */
export type WebCode =
  | "INVALID_URL"
  | "INSECURE_URL"
  | "FORBIDDEN_ADDRESS"
  | "HTTP_CLIENT_ERROR"
  | "FAILED_TO_FETCH_WEB_PAGE"
  | "HTTP_ERROR"
  | "RESPONSE_READ_ERROR";

/** The message completes "Cannot show URL: …". */
export class WebFailure extends Error {
  override readonly name = "WebFailure";
  constructor(readonly code: WebCode, message: string, cause?: unknown) {
    super(message, { cause });
  }
}
