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
import { runFailed } from "./run_over.ts";
import type { SessionTools } from "./session_tools.ts";

const PROGRESS_PACE_MS = 500;
const PROGRESS_MAX = 2_000;
/** Looked at, so that a secret at the cut is whole when it is looked for. */
const PROGRESS_READ_MAX = 64 * 1024;

interface Outcome {
  readonly state: "done" | "unknown";
  readonly text: string;
  readonly isError: boolean;
}

/** Resolves when the call is finished, or is not `approved`. Rejects with `RunOver`, or the signal's reason. */
export async function runCall(live: LiveRun, call: CallRecord, tools: SessionTools): Promise<void> {
  const { id, callId, tool, input } = call;
  const { store } = live.parts;
  if (await callHash(tool, input) !== call.hash) {
    const text = "CALL_CHANGED\nThe record of this call is not what was judged: it was not carried out";
    return await finish(live, call, { state: "done", text, isError: true });
  }
  const restored = restoreArguments({ tool, ours: tools.isOurs(tool), input }, live.redactor);
  if (restored.refused !== undefined) {
    const text = `PLACEHOLDER_REFUSED\n${restored.refused}`;
    return await finish(live, call, { state: "done", text, isError: true });
  }
  const started = live.write(() => {
    if (!store.calls.move(id, ["approved"], { state: "started" })) return false;
    live.emit({ name: "tool_execution_started", fields: { "tool_call_id": callId, "tool_name": tool } });
    return true;
  });
  if (!started) return;
  try {
    await finish(live, call, await send(live, call, restored, tools), restored);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const over = runFailed("sandbox_unavailable", live.redactor.redact(error.message), true);
    // First of all: no other call is begun.
    live.end(over);
    const text = `SANDBOX_GONE\n${error.message}: the call was not carried out`;
    await finish(live, call, { state: "done", text, isError: true }, restored);
    throw over;
  }
}

/** Rejects with a `UserError` where there is nothing to send it to. */
async function send(
  live: LiveRun,
  { id, callId, tool }: CallRecord,
  restored: RestoredCall,
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
    if (!(error instanceof ToolboxGone)) throw error;
    if (error.mayHaveRun) return { state: "unknown", text: UNKNOWN_RESULT, isError: true };
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

async function finish(
  live: LiveRun,
  { id, callId, tool, hash }: CallRecord,
  outcome: Outcome,
  restored?: RestoredCall,
): Promise<void> {
  const { state, isError } = outcome;
  const result = redactedResult(outcome.text, live.redactor);
  const sha256 = await textHash(result);
  const [filled, kept] = [restored?.fills ?? [], restored?.kept ?? []].map((uses) =>
    uses.map(({ placeholder, argument }) => ({ placeholder, argument }))
  );
  live.write(() => {
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
      details: { call: id, hash, sha256, characters: result.length, filled: filled!, kept: kept! },
    });
  });
}
