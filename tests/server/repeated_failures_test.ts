import assert from "node:assert/strict";
import type { CallRecord } from "../../src/server/records.ts";
import { repeatedFailures } from "../../src/server/repeated_failures.ts";
import { test } from "../sanitized.ts";
import { pendingCall } from "./temp_store.ts";

function call(hash: string, state: CallRecord["state"], isError: boolean): CallRecord {
  return {
    ...pendingCall({ sessionId: "s", runId: "r" }, { hash, state }),
    decidedBy: undefined,
    decidedAt: undefined,
    reason: undefined,
    result: "",
    isError,
  };
}
const failing = call("a", "done", true);

test("repeatedFailures() names the call that failed three times, one after the other", () => {
  const failures = repeatedFailures();
  assert.equal(failures.count([failing, call("b", "done", true)]), undefined);
  assert.equal(failures.count([call("c", "rejected", true), failing]), undefined);
  assert.equal(failures.count([failing])?.hash, "a");
});

test("repeatedFailures() begins anew when the call succeeds, and ignores what was cancelled", () => {
  const failures = repeatedFailures();
  failures.count([failing]);
  failures.count([failing]);
  assert.equal(failures.count([call("a", "cancelled", true)]), undefined);
  failures.count([call("a", "done", false)]);
  failures.count([failing]);
  assert.equal(failures.count([failing]), undefined);
  assert.equal(failures.count([call("a", "rejected", true)])?.hash, "a");
});

test("repeatedFailures() counts one answer that asks for the same three times", () => {
  assert.equal(repeatedFailures().count([failing, failing, failing])?.hash, "a");
});
