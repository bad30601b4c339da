import { equal } from "node:assert/strict";
import { pause } from "../../src/sandbox/pause.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

test("a pause is over when its time is, or its signal aborts, and leaves no timer", async () => {
  using clock = fakeClock();
  let over = 0;
  const stop = new AbortController();
  const both = [pause(1_000, new AbortController().signal), pause(5_000, stop.signal)];
  for (const one of both) void one.then(() => over++);
  await clock.pass(999);
  equal(over, 0);
  await clock.pass(1);
  equal(over, 1);
  stop.abort();
  await Promise.all(both);
  await pause(5_000, stop.signal);
});
