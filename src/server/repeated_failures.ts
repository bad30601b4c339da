import { isFinished } from "./call_states.ts";
import type { CallRecord } from "./records.ts";

/** A call that fails so often, with the same arguments, does not get better by another try. */
const FAILURES_MAX = 3;

export interface RepeatedFailures {
  /** Counts the finished calls of a turn; answers the one that has failed too often, one after the other. */
  count(calls: readonly CallRecord[]): CallRecord | undefined;
}

export function repeatedFailures(): RepeatedFailures {
  const failures = new Map<string, number>();
  return {
    count(calls) {
      // What people or the run's end kept from being done says nothing about the call.
      for (const call of calls.filter((call) => isFinished(call) && call.state !== "cancelled")) {
        if (!call.isError) failures.delete(call.hash);
        else failures.set(call.hash, (failures.get(call.hash) ?? 0) + 1);
      }
      return calls.find(({ hash }) => (failures.get(hash) ?? 0) >= FAILURES_MAX);
    },
  };
}
