import assert from "node:assert/strict";
import FakeTimers from "@sinonjs/fake-timers";
import { watchAnswer } from "../../src/models/answer_watch.ts";
import { GatewayBroken } from "../../src/models/gateway.ts";
import { test } from "../sanitized.ts";

const TIMES = { silenceMs: 120_000, totalMs: 900_000 };

function withClock(work: (tick: (ms: number) => void) => void): void {
  const clock = FakeTimers.install({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    work((ms) => void clock.tick(ms));
    assert.equal(clock.countTimers(), 0, "a timer was left behind");
  } finally {
    clock.uninstall();
  }
}

test("watchAnswer() ends an answer that says nothing for too long, counted from what came last", () => {
  withClock((tick) => {
    const watch = watchAnswer(new AbortController().signal, TIMES);
    tick(119_999);
    watch.heard();
    tick(119_999);
    assert.equal(watch.signal.aborted, false);
    tick(1);
    assert.ok(watch.signal.reason instanceof GatewayBroken);
    assert.equal(watch.signal.reason.message, "The model's provider said nothing for 120 s");
    watch.end();
  });
});

test("watchAnswer() ends an answer that takes too long however much it says", () => {
  withClock((tick) => {
    const watch = watchAnswer(new AbortController().signal, TIMES);
    for (let minute = 0; minute < 14; minute++) {
      tick(60_000);
      watch.heard();
    }
    assert.equal(watch.signal.aborted, false);
    tick(60_000);
    assert.equal((watch.signal.reason as Error).message, "The model's provider took longer than 900 s");
    watch.heard();
    watch.end();
  });
});

test("watchAnswer() waits for nothing once it is ended", () => {
  withClock(() => {
    const watch = watchAnswer(new AbortController().signal, TIMES);
    watch.end();
    watch.end();
    watch.heard();
    assert.ok(watch.signal.aborted);
  });
});

test("watchAnswer() ends with the caller's reason, and then waits for nothing more, though nobody ends it", () => {
  withClock((tick) => {
    const caller = new AbortController();
    const watch = watchAnswer(caller.signal, TIMES);
    caller.abort("no more");
    assert.equal(watch.signal.reason, "no more");
    watch.heard();
    tick(1_000_000);
    assert.equal(watch.signal.reason, "no more");
  });
});
