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
import { type RecordEnd, sendCall, startCall, type StartedCall } from "./run_call.ts";
import type { SessionTools } from "./session_tools.ts";

/** What is done in one transaction with the calls. */
export interface AroundCalls<T> {
  /** Before all of them, so that a call that waits for people is never recorded without its run waiting. */
  first(run: RunRecord): void;
  /** When each of them has its result. */
  last(run: RunRecord, calls: readonly CallRecord[]): T;
}

/**
 * Resolves to what `last` answered, or when the run is parked: it is `waiting` then, and that was told. Rejects with
 * `RunOver`, or the signal's reason; nothing of it is under way then.
 */
export async function toolTurn<T>(
  live: LiveRun,
  tools: SessionTools,
  { first, last }: AroundCalls<T>,
): Promise<{ readonly last: T } | "parked"> {
  const { store } = live.parts;
  const under = new Map<string, Promise<void>>();
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => {});
  let prepare: typeof first | undefined = first;
  /** Of calls that have ended, and not been recorded so. */
  let ends: RecordEnd[] = [];
  const look = (run: RunRecord) => {
    prepare?.(run);
    for (const record of ends) record();
    if (store.inputs.waiting(live.id, "steering") > 0) skipRest(live, run);
    const begun = startCalls(live, run, tools);
    const calls = store.calls.ofTurn(live.id, run.turns);
    if (calls.every(isFinished)) return { begun, end: { last: last(run, calls) } };
    if (begun.length > 0 || under.size > 0) return { begun };
    park(live, calls);
    return { begun, end: "parked" as const };
  };
  const send = (call: StartedCall) => {
    const sending = sendCall(live, call, tools).then((record) => void ends.push(record), failure.reject);
    under.set(call.id, sending.finally(() => under.delete(call.id)));
  };
  try {
    for (;;) {
      // Asked before the store is: a change in between is one more look.
      const changed = live.changed();
      const { begun, end } = live.write(look);
      prepare = undefined;
      ends = [];
      if (end) return end;
      for (const call of begun) send(call);
      await unlessAborted(live.signal, Promise.race([changed, failure.promise, ...under.values()]));
    }
  } catch (error) {
    live.end(error);
    await Promise.all(under.values());
    recordRest(live, ends);
    throw error;
  }
}

/** Starts what may be sent now. A call that must not be is finished by that: others may have waited for it. */
function startCalls(live: LiveRun, { turns }: RunRecord, tools: SessionTools): StartedCall[] {
  const begun: StartedCall[] = [];
  for (;;) {
    const calls = live.parts.store.calls.ofTurn(live.id, turns);
    const next = startable(calls, (tool) => tools.onlyLooks(tool));
    if (next.length === 0) return begun;
    begun.push(...next.flatMap((call) => startCall(live, call, tools) ?? []));
  }
}

/** Of a turn that was broken off: what ended before is not told as unknown. */
function recordRest(live: LiveRun, ends: readonly RecordEnd[]): void {
  if (ends.length === 0) return;
  try {
    live.write(() => ends.forEach((record) => record()));
  } catch {
    // The run has ended by now, or the store cannot be written: what broke the turn off says why.
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
