import { clipResult } from "./clip_result.ts";
import type { CallRecord, CallState } from "./records.ts";
import type { Store } from "./store.ts";

/** Of a call that has its result. */
export const FINISHED: readonly CallState[] = ["rejected", "done", "unknown", "cancelled"];
/** Of a call that was not sent, and need not be. */
export const UNSENT: readonly CallState[] = ["proposed", "pending", "approved"];

export const CANCELLED_RESULT = "TOOL_CALL_CANCELLED\nThe run was ended before this call was.";
export const SKIPPED_RESULT = "Skipped due to steering update";
export const UNKNOWN_RESULT =
  "OUTCOME_UNKNOWN\nThis call was begun, and whoever carried it out went away: it may " +
  "have been carried out, in part or in full. It was not sent again. Look at the state of things before you repeat it.";

/** What the model is told of a call that people, or nobody in time, rejected. */
export function rejectedResult(reason: string | undefined): string {
  return clipResult(`TOOL_CALL_REJECTED\nTool call rejected by user${reason ? `: ${reason}` : ""}`);
}

export function isFinished({ state }: Pick<CallRecord, "state">): boolean {
  return FINISHED.includes(state);
}

/** Puts the results of all calls of the turn behind them, unless they are there. Every one is finished. */
export function appendResults(store: Store, sessionId: string, calls: readonly CallRecord[]): void {
  const [last] = store.messages.list(sessionId, { limit: 1, offset: 0, newestFirst: true }).messages;
  if (last?.role !== "assistant" || !last.parts.some(({ type }) => type === "tool_call")) return;
  const [first] = calls;
  if (!first) return;
  store.messages.append(sessionId, first.runId, {
    role: "tool",
    results: calls.map(({ callId, result = "", isError = true }) => ({ callId, text: result, isError })),
  });
}
