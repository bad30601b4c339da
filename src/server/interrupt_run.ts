import { endCall, settleRun } from "./settle_run.ts";
import type { Store } from "./store.ts";

/**
 * Ends a run whose supervisor ends, or is gone, in the middle. People who were asked may still answer: with a call of
 * its turn pending, it waits for them as if it had been parked, and of what was under way the outcome is unknown.
 */
export function interruptRun(store: Store, runId: string, error: string): "ended" | "waiting" {
  return store.transaction(() => {
    const run = store.runs.get(runId);
    const calls = run && !run.end && run.state !== "queued" ? store.calls.ofTurn(runId, run.turns) : [];
    const pending = calls.filter(({ state }) => state === "pending");
    if (!run || pending.length === 0) {
      settleRun(store, runId, { failed: "interrupted", error, retryable: true });
      return "ended";
    }
    for (const call of calls.filter(({ state }) => state === "started")) endCall(store, call, false);
    store.runs.update(runId, { state: "waiting" });
    store.events.append(run.sessionId, runId, {
      name: "waiting_for_tool_approval",
      fields: { "pending_tool_call_ids": pending.map(({ callId }) => callId) },
    });
    return "waiting";
  });
}
