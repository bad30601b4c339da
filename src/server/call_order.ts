import { isFinished } from "./call_states.ts";
import type { CallRecord } from "./records.ts";

/** Calls that only look and run beside each other. */
const BESIDE_MAX = 8;

type Ordered = Pick<CallRecord, "state" | "tool">;

/**
 * The calls of a turn that may be sent now. One that changes something waits for all before it, also for those that
 * wait for people: the model meant them in that order. One that only looks waits for changes before it that are going
 * to be made, not for those that people may never allow.
 */
export function startable<Call extends Ordered>(
  calls: readonly Call[],
  onlyLooks: (tool: string) => boolean,
): Call[] {
  const room = BESIDE_MAX - calls.filter(({ state }) => state === "started").length;
  return calls.filter((call, index) => {
    if (call.state !== "approved") return false;
    const open = calls.slice(0, index).filter((other) => !isFinished(other));
    return onlyLooks(call.tool)
      ? open.every((other) => other.state === "pending" || onlyLooks(other.tool))
      : open.length === 0;
  }).slice(0, Math.max(0, room));
}
