import { ApiError } from "./api_error.ts";
import type { Decision } from "./api_schemas_calls.ts";
import type { DecisionAction } from "./run_service.ts";

/** A decision as a caller gives it. Throws `ApiError` 400 where `content` is missing, or would be for nothing. */
export function decisionAction({ action, content }: Decision): DecisionAction {
  switch (action) {
    case "accept":
      if (!content) return { action };
      throw new ApiError(
        400,
        "invalid_request",
        "accept takes no content: the call runs as it was asked for",
      );
    case "reject":
      return content ? { action, reason: content } : { action };
    case "custom_result":
      if (typeof content === "string") return { action, content };
      throw new ApiError(400, "invalid_request", "custom_result requires content");
  }
}
