import type { CallRecord } from "../server/records.ts";
import type { DecisionAction } from "../server/run_service.ts";
import { callText } from "./call_text.ts";
import type { Terminal } from "./terminal.ts";

const QUESTIONS = 5;

/**
 * Shows a call and asks whether it may be carried out. `undefined`: nobody said yes or no. Rejects with the signal's
 * reason when that aborts.
 */
export async function askApproval(
  terminal: Terminal,
  call: CallRecord,
  signal: AbortSignal,
): Promise<DecisionAction | undefined> {
  terminal.note(`\n${callText(call)}`);
  for (let asked = 0; asked < QUESTIONS; asked++) {
    const answer = await terminal.ask("Allow it? [y, n, or n and a reason]", signal);
    if (answer === undefined) return undefined;
    if (/^\s*y(es)?\s*$/i.test(answer)) return { action: "accept" };
    const [no, reason] = /^\s*no?\b[\s:,]*(.*)$/is.exec(answer) ?? [];
    if (no !== undefined) return { action: "reject", ...(reason?.trim() && { reason: reason.trim() }) };
  }
  return undefined;
}
