import { equal } from "node:assert/strict";
import { deadline } from "../../src/sandbox/deadline.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

test("a deadline aborts when its time is over, with what did not happen", async () => {
  using clock = fakeClock();
  using limit = deadline(5_000, "no answer");
  await clock.pass(4_999);
  equal(limit.signal.aborted, false);
  await clock.pass(1);
  equal(limit.signal.reason.message, "no answer within 5 s");
});

test("a deadline aborts with another signal, and not at all once it is disposed", async () => {
  using clock = fakeClock();
  const other = new AbortController();
  const limit = deadline(5_000, "no answer", other.signal);
  other.abort(new Error("stopped"));
  equal(limit.signal.reason.message, "stopped");
  limit[Symbol.dispose]();
  const forgotten = deadline(5_000, "no answer");
  forgotten[Symbol.dispose]();
  await clock.pass(10_000);
  equal(forgotten.signal.aborted, false);
});
