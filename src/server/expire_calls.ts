import { rejectedResult } from "./call_states.ts";
import type { Store } from "./store.ts";

const REASON = "nobody decided in time";

/** Rejects the calls that nobody decided in time. Whoever has their runs is woken by the store. */
export function expireCalls(store: Store, now: Date): void {
  const at = now.toISOString();
  for (const { id, sessionId, runId, callId, tool, hash, expiresAt } of store.calls.pending()) {
    if (expiresAt === undefined || expiresAt > at) continue;
    store.transaction(() => {
      const change = {
        state: "rejected",
        reason: REASON,
        result: rejectedResult(REASON),
        isError: true,
      } as const;
      if (!store.calls.move(id, ["pending"], { ...change, decidedBy: "expiry", decidedAt: at })) return;
      store.events.append(sessionId, runId, {
        name: "tool_rejected",
        fields: { "tool_call_id": callId, "tool_name": tool, reason: REASON },
      });
      store.audit.add({
        sessionId,
        runId,
        kind: "decision",
        subject: tool,
        outcome: "rejected",
        actor: "expiry",
        details: { call: id, hash, reason: REASON },
      });
    });
  }
}
