/**
 * One call that is approved: recorded as started before it is sent, so that it is never sent twice; sent with what it
 * may know; its result redacted before anybody hears of it.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { RUN_LIMITS } from "../domain/run_limits.ts";
import { ToolboxGone } from "../domain/toolbox.ts";
import { unlessAborted } from "../sandbox/unless_aborted.ts";
import { restoreArguments, type RestoredCall } from "../secrets/restore_arguments.ts";
import { UNKNOWN_RESULT } from "./call_states.ts";
import { textHash } from "./canonical_hash.ts";
import type { LiveRun } from "./live_run.ts";
import { paced } from "./paced.ts";
import type { CallRecord } from "./records.ts";
import { callHash } from "./propose_calls.ts";
import { redactedResult } from "./redacted_result.ts";
import { sandboxUnavailable } from "./run_over.ts";
import type { SessionTools } from "./session_tools.ts";

const PROGRESS_PACE_MS = 500;
const PROGRESS_MAX = 2_000;
/** Looked at, so that a secret at the cut is whole when it is looked for. */
const PROGRESS_READ_MAX = 64 * 1024;

/** A call that is recorded as started, and was not sent yet. */
export interface StartedCall extends CallRecord {
  readonly restored: RestoredCall;
}

/** Records, within `live.write`, how a call ended. */
export type RecordEnd = () => void;

interface Outcome {
  readonly state: "done" | "unknown";
  readonly text: string;
  readonly isError: boolean;
}

/** Within `live.write`: records a call that is approved as started. `undefined`: it must not be sent, and is finished. */
export function startCall(live: LiveRun, call: CallRecord, tools: SessionTools): StartedCall | undefined {
  const { id, callId, tool, input } = call;
  const refuse = (text: string) => endOf(live, call, { state: "done", text, isError: true })();
  if (callHash(tool, input) !== call.hash) {
    refuse("CALL_CHANGED\nThe record of this call is not what was judged: it was not carried out");
    return undefined;
  }
  const restored = restoreArguments({ tool, ours: tools.isOurs(tool), input }, live.redactor);
  if (restored.refused !== undefined) {
    refuse(`PLACEHOLDER_REFUSED\n${restored.refused}`);
    return undefined;
  }
  if (!live.parts.store.calls.move(id, ["approved"], { state: "started" })) {
    throw new Error("it is not approved");
  }
  live.emit({ name: "tool_execution_started", fields: { "tool_call_id": callId, "tool_name": tool } });
  return { ...call, restored };
}

/**
 * Sends it, once what `startCall` wrote is on disk; resolves when it has ended. Where there is nothing to send it to the
 * run is ended as well. Rejects with the signal's reason.
 */
export async function sendCall(live: LiveRun, call: StartedCall, tools: SessionTools): Promise<RecordEnd> {
  return endOf(live, call, await outcomeOf(live, call, tools), call.restored);
}

async function outcomeOf(
  live: LiveRun,
  { id, callId, tool, restored }: StartedCall,
  tools: SessionTools,
): Promise<Outcome> {
  let newest = "";
  using progress = paced(PROGRESS_PACE_MS, () => tellProgress(live, callId, newest));
  try {
    const { text, isError } = await unlessAborted(
      live.signal,
      tools.call({ id, name: tool, input: restored.arguments }, {
        signal: live.signal,
        deadlineMs: RUN_LIMITS.toolMs,
        onProgress(message) {
          newest = message;
          progress.due();
        },
      }),
    );
    const isPassword = !isError && tools.isOurs(tool) && tool === "stakpak__generate_password";
    return { state: "done", text: isPassword ? live.redactor.see(text.trim(), "password") : text, isError };
  } catch (error) {
    live.signal.throwIfAborted();
    if (error instanceof ToolboxGone && error.mayHaveRun) {
      return { state: "unknown", text: UNKNOWN_RESULT, isError: true };
    }
    if (!(error instanceof ToolboxGone || error instanceof UserError)) throw error;
    if (error instanceof UserError) {
      // Now: no other call is begun.
      live.end(sandboxUnavailable(error, (text) => live.redactor.redact(text)));
    }
    const text = `SANDBOX_GONE\n${error.message}: the call was not carried out`;
    return { state: "done", text, isError: true };
  }
}

function tellProgress(live: LiveRun, callId: string, message: string): void {
  const told = live.redactor.redact(message.slice(0, PROGRESS_READ_MAX)).slice(0, PROGRESS_MAX);
  try {
    live.write(() =>
      live.emit({ name: "tool_execution_progress", fields: { "tool_call_id": callId, message: told } })
    );
  } catch (error) {
    live.end(error);
  }
}

function endOf(
  live: LiveRun,
  { id, callId, tool, hash }: CallRecord,
  { state, isError, text }: Outcome,
  restored?: RestoredCall,
): RecordEnd {
  const result = redactedResult(text, live.redactor);
  const [filled, kept] = [restored?.fills ?? [], restored?.kept ?? []].map((uses) =>
    uses.map(({ placeholder, argument }) => ({ placeholder, argument }))
  );
  const details = {
    call: id,
    hash,
    sha256: textHash(result),
    characters: result.length,
    filled: filled!,
    kept: kept!,
  };
  return () => {
    if (!live.parts.store.calls.move(id, ["approved", "started"], { state, result, isError })) return;
    live.emit({
      name: "tool_execution_completed",
      fields: { "tool_call_id": callId, "tool_name": tool, result, "is_error": isError },
    });
    live.audit({
      kind: "result",
      subject: tool,
      outcome: state === "unknown" ? "unknown" : isError ? "error" : "ok",
      actor: "supervisor",
      details,
    });
  };
}
