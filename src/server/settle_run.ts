import type { RunEnd } from "../domain/run_end.ts";
import type { RunEvent } from "../domain/run_event.ts";
import { appendResults, CANCELLED_RESULT, isFinished, UNKNOWN_RESULT } from "./call_states.ts";
import type { CallRecord, RunRecord } from "./records.ts";
import type { Store } from "./store.ts";
import { takeInputs } from "./take_inputs.ts";
import { usageJson } from "./usage_json.ts";
import { userTurn } from "./user_turn.ts";

export interface Settling {
  /** The event of the turn's end is written already. */
  readonly turnCompleted?: true;
}

/**
 * Ends a run, whoever has it, in one transaction: its calls get results, what was sent to it and not read stays in the
 * conversation, and its terminal event is the last. Answers false, and changes nothing, when it has ended.
 */
export function settleRun(store: Store, runId: string, end: RunEnd, how: Settling = {}): boolean {
  return store.transaction(() => {
    const run = store.runs.get(runId);
    if (!run || run.end) return false;
    const emit = (event: RunEvent) => store.events.append(run.sessionId, runId, event);
    if (run.state === "queued") appendRequest(store, run);
    const calls = () => store.calls.ofTurn(runId, run.turns);
    for (const call of calls().filter((call) => !isFinished(call))) endCall(store, call, isCancel(end));
    appendResults(store, run.sessionId, calls());
    takeInputs(store, run, ["steering", "follow_up"]);
    if (run.state !== "queued" && !how.turnCompleted) {
      const finish = isCancel(end) ? "cancelled" : "error";
      emit({ name: "turn_completed", fields: { turn: run.turns, finish_reason: finish } });
    }
    store.runs.end(runId, end);
    emit(terminalEvent(run, end));
    return true;
  });
}

function isCancel(end: RunEnd): boolean {
  return "stopped" in end && end.stopped === "cancelled";
}

/** What was asked, of a run that did not come to ask the model. */
function appendRequest(store: Store, { id, sessionId, request: { text, context } }: RunRecord): void {
  const turn = userTurn({ text, context, workspace: [], isFirst: false, redact: (text) => text });
  store.messages.append(sessionId, id, { role: "user", text: turn.text });
}

/** Gives a call its end, within a transaction. One that was sent is cancelled only where whoever asked for that was there to see it end. */
export function endCall(store: Store, call: CallRecord, cancelled: boolean): void {
  const unknown = call.state === "started" && !cancelled;
  const result = unknown ? UNKNOWN_RESULT : CANCELLED_RESULT;
  const state = unknown ? "unknown" : "cancelled";
  store.calls.move(call.id, [call.state], { state, result, isError: true });
  store.events.append(call.sessionId, call.runId, {
    name: "tool_execution_completed",
    fields: { tool_call_id: call.callId, tool_name: call.tool, result, is_error: true },
  });
  store.audit.add({
    sessionId: call.sessionId,
    runId: call.runId,
    kind: "result",
    subject: call.tool,
    outcome: state,
    actor: "supervisor",
    details: { call: call.id, hash: call.hash },
  });
}

function terminalEvent({ turns, usage }: RunRecord, end: RunEnd): RunEvent {
  if ("failed" in end) {
    const { failed: reason, error, retryable } = end;
    return { name: "run_error", fields: { error, retryable, reason } };
  }
  return {
    name: "run_completed",
    fields: { total_turns: turns, total_usage: usageJson(usage), stop_reason: end.stopped },
  };
}
