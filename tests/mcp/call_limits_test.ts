import { deepEqual, equal } from "node:assert/strict";
import { callLimits } from "../../src/mcp/call_limits.ts";
import { test } from "../sanitized.ts";

test("callLimits() aborts with the signal's reason, which is not late", () => {
  const ending = new AbortController();
  using limits = callLimits({ signal: ending.signal, deadlineMs: 60_000 });
  ending.abort("enough");
  equal(limits.options.signal.reason, "enough");
  equal(limits.isLate(), false);
});

test("callLimits() aborts at the deadline, which is late", async () => {
  using limits = callLimits({ signal: new AbortController().signal, deadlineMs: 1 });
  await new Promise((resolve) => limits.options.signal.addEventListener("abort", resolve));
  equal(limits.isLate(), true);
});

test("callLimits() passes progress on, cut short, until it is disposed", () => {
  const told: string[] = [];
  const limits = callLimits({
    signal: new AbortController().signal,
    deadlineMs: 60_000,
    onProgress: (message) => told.push(message),
  });
  limits.options.onprogress!({ message: "x".repeat(1_000) });
  limits.options.onprogress!({});
  limits[Symbol.dispose]();
  limits.options.onprogress!({ message: "after the end" });
  deepEqual(told, ["x".repeat(512)]);
});

test("callLimits() does not ask for progress that nobody wants, and lets go of the signal", () => {
  const ending = new AbortController();
  const limits = callLimits({ signal: ending.signal, deadlineMs: 60_000 });
  equal("onprogress" in limits.options, false);
  limits[Symbol.dispose]();
  ending.abort();
  equal(limits.options.signal.aborted, false);
});
