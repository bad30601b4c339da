/**
 * Every slug that a failure can have, with its status and when it comes. The OpenAPI document and `docs/api.md` say the
 * same.
 *
 * @module
 */

interface ApiCode {
  readonly status: 400 | 401 | 403 | 404 | 405 | 408 | 409 | 413 | 415 | 429 | 431 | 500 | 503;
  readonly when: string;
}

export const API_CODES = {
  invalid_request: { status: 400, when: "a path, query, header or body that is not as documented" },
  invalid_message_role: { status: 400, when: "`message.role` is not `user`" },
  invalid_context: { status: 400, when: "`context` is beyond its limits" },
  invalid_overrides: { status: 400, when: "`overrides` is beyond its limits, or names what is not there" },
  invalid_model: {
    status: 400,
    when: "the model's provider is unknown or has no key, or no model is known at all",
  },
  invalid_profile: { status: 400, when: "the profile does not resolve" },
  unauthorized: { status: 401, when: "the bearer token is missing or wrong" },
  forbidden_host: { status: 403, when: "`Host` is no name of this server" },
  forbidden_origin: { status: 403, when: "a web page from elsewhere asks" },
  terminal_only: { status: 403, when: "the call would run on the host: it is decided at a terminal" },
  not_found: { status: 404, when: "there is no such path, session or run" },
  unknown_tool_call: { status: 404, when: "no call of that id is pending in the run" },
  unknown_approval: { status: 404, when: "there is no approval of that id" },
  method_not_allowed: { status: 405, when: "the path takes other methods: `Allow` names them" },
  request_timeout: { status: 408, when: "the request did not come whole in time" },
  session_already_running: { status: 409, when: "the session has a run that has not ended" },
  session_not_running: { status: 409, when: "the session has no run that has not ended" },
  run_mismatch: { status: 409, when: "`run_id` is missing or is not that of the active run" },
  already_resolved: { status: 409, when: "the call was decided before, in another way" },
  approval_changed: { status: 409, when: "`hash` is not that of the call" },
  idempotency_key_reused: { status: 409, when: "the key was used with another body" },
  idempotency_in_progress: { status: 409, when: "the first request with that key has no answer yet" },
  payload_too_large: { status: 413, when: "the body is longer than 2 MB" },
  unsupported_media_type: { status: 415, when: "the body is not declared as `application/json`" },
  too_many_runs: { status: 429, when: "too many runs wait for a worker" },
  too_many_messages: { status: 429, when: "too many messages wait for the run to read them" },
  too_many_streams: { status: 429, when: "too many clients follow events" },
  headers_too_large: { status: 431, when: "the headers are longer than 16 KiB" },
  internal_error: { status: 500, when: "a bug of ours; the log has more under the request id" },
  not_ready: { status: 503, when: "something is degraded: `degraded` names it" },
  shutting_down: { status: 503, when: "the server is ending" },
} as const satisfies Readonly<Record<string, ApiCode>>;

export type ApiCodeName = keyof typeof API_CODES;
