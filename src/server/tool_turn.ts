/**
 * The calls of one turn, until each has its result, or all that is left waits for people.
 *
 * @module
 */
import { unlessAborted } from "../sandbox/unless_aborted.ts";
import { isFinished, SKIPPED_RESULT, UNSENT } from "./call_states.ts";
import { startable } from "./call_order.ts";
import type { LiveRun } from "./live_run.ts";
import type { CallRecord, RunRecord } from "./records.ts";
import { runCall } from "./run_call.ts";
import type { SessionTools } from "./session_tools.ts";

/**
 * Resolves to whether the run is parked: it is `waiting` then, and that was told. Rejects with `RunOver`, or the
 * signal's reason; nothing of it is under way then. `first` is done in one transaction with what follows from it, so
 * that a call that waits for people is never recorded without its run waiting.
 */
export async function toolTurn(
  live: LiveRun,
  tools: SessionTools,
  first: (run: RunRecord) => void,
): Promise<"finished" | "parked"> {
  const { store } = live.parts;
  const under = new Map<string, Promise<void>>();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  let prepare: typeof first | undefined = first;
  const look = (run: RunRecord) => {
    prepare?.(run);
    if (store.inputs.waiting(live.id, "steering") > 0) skipRest(live, run);
    const calls = store.calls.ofTurn(live.id, run.turns);
    const next = startable(calls, (tool) => tools.onlyLooks(tool)).filter(({ id }) => !under.has(id));
    if (calls.every(isFinished)) return { next, end: "finished" as const };
    if (next.length > 0 || under.size > 0) return { next, end: undefined };
    park(live, calls);
    return { next, end: "parked" as const };
  };
  const begin = (call: CallRecord) => {
    const running = runCall(live, call, tools).catch(failure.reject).finally(() => under.delete(call.id));
    under.set(call.id, running);
  };
  try {
    for (;;) {
      // Asked before the store is: a change in between is one more look.
      const changed = live.changed();
      const { next, end } = live.write(look);
      prepare = undefined;
      if (end) return end;
      for (const call of next) begin(call);
      await unlessAborted(live.signal, Promise.race([changed, failure.promise, ...under.values()]));
    }
  } catch (error) {
    live.end(error);
    await Promise.all(under.values());
    throw error;
  }
}

/** The user has something to say before more is done. */
function skipRest(live: LiveRun, { turns }: RunRecord): void {
  const { store } = live.parts;
  for (const { id, callId, tool, state } of store.calls.ofTurn(live.id, turns)) {
    if (!UNSENT.includes(state)) continue;
    store.calls.move(id, UNSENT, { state: "cancelled", result: SKIPPED_RESULT, isError: true });
    live.emit({
      name: "tool_rejected",
      fields: { "tool_call_id": callId, "tool_name": tool, reason: SKIPPED_RESULT },
    });
  }
}

function park(live: LiveRun, calls: readonly CallRecord[]): void {
  const pending = calls.filter(({ state }) => state === "pending");
  if (pending.length === 0) throw new Error("a call was begun, and nobody carries it out");
  live.parts.store.runs.update(live.id, { state: "waiting" });
  live.emit({
    name: "waiting_for_tool_approval",
    fields: { "pending_tool_call_ids": pending.map(({ callId }) => callId) },
  });
}
