import { MAX_SYSTEM_PROMPT_CHARACTERS, MAX_TURNS, type RunOverrides } from "../domain/run.ts";
import { checkPattern } from "../domain/tool_pattern.ts";
import { ApiError } from "./api_error.ts";

/** Throws `ApiError` 400 `invalid_overrides` for what a caller may not ask. Source: server spec §3.2. */
export function checkOverrides({ autoApprove, systemPrompt, maxTurns }: RunOverrides): void {
  if (maxTurns !== undefined && !(Number.isInteger(maxTurns) && maxTurns >= 1 && maxTurns <= MAX_TURNS)) {
    throw invalid(`max_turns must be between 1 and ${MAX_TURNS}`);
  }
  // No text has more characters than it has code units.
  if (
    systemPrompt !== undefined && systemPrompt.length > MAX_SYSTEM_PROMPT_CHARACTERS &&
    [...systemPrompt].length > MAX_SYSTEM_PROMPT_CHARACTERS
  ) throw invalid(`system_prompt exceeds maximum length: ${MAX_SYSTEM_PROMPT_CHARACTERS} characters`);
  if (autoApprove === undefined || autoApprove === "all" || autoApprove === "none") return;
  if (typeof autoApprove === "string") {
    throw invalid('auto_approve must be "all", "none" or a list of tools');
  }
  for (const pattern of autoApprove) {
    const wrong = checkPattern(pattern);
    if (wrong) throw invalid(`auto_approve: each entry ${wrong}`);
  }
}

function invalid(message: string): ApiError {
  return new ApiError(400, "invalid_overrides", message);
}
