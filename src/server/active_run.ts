import { ApiError } from "./api_error.ts";
import type { RunRecord } from "./records.ts";
import type { Store } from "./store.ts";

/**
 * The run of that id, which the session has and which has not ended. Throws `ApiError` 404 `not_found`, 409
 * `session_not_running`, `run_mismatch`.
 */
export function activeRun(store: Store, sessionId: string, runId: string): RunRecord {
  if (!store.sessions.get(sessionId)) throw noSession(sessionId);
  const run = store.runs.active(sessionId);
  if (!run) throw notRunning();
  if (run.id !== runId) {
    throw new ApiError(409, "run_mismatch", "Provided run_id does not match active run");
  }
  return run;
}

export function noSession(sessionId: string): ApiError {
  return new ApiError(404, "not_found", `Session ${sessionId} not found`);
}

export function notRunning(): ApiError {
  return new ApiError(409, "session_not_running", "Session has no active run");
}

export function alreadyRunning(): ApiError {
  return new ApiError(409, "session_already_running", "Session already has an active run");
}
