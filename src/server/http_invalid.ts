import * as z from "zod";
import { explain } from "../config/explain.ts";
import { ApiError } from "./api_error.ts";
import type { ApiCodeName } from "./api_codes.ts";

type Issue = z.core.$ZodIssue;

/** Which code speaks for a field of a body; anything else is `invalid_request`. */
const CODES: Readonly<Record<string, ApiCodeName>> = {
  context: "invalid_context",
  overrides: "invalid_overrides",
};

/** What is wrong with a request, as its caller is told: the first problem that its schema found. */
export function invalidRequest(issues: readonly Issue[], value: unknown): ApiError {
  const [issue] = issues;
  if (!issue) return new ApiError(400, "invalid_request", "the request is not as documented");
  if (issue.path.join(".") === "message.role") {
    return new ApiError(400, "invalid_message_role", "message.role must be 'user' for this endpoint");
  }
  return new ApiError(400, CODES[String(issue.path[0])] ?? "invalid_request", messageOf(issue, value));
}

function messageOf(issue: Issue, value: unknown): string {
  if (issue.code === "unrecognized_keys") {
    return issue.path.length === 0 ? issue.message : `${issue.path.join(".")}: ${issue.message}`;
  }
  // A whole sentence about its own field.
  if (issue.message.startsWith(String(issue.path.at(-1)))) return issue.message;
  const [problem] = explain(issue, value, z.any());
  return problem?.message ?? issue.message;
}
