import assert from "node:assert/strict";
import type { ProbeResult } from "../../src/probes/probe.ts";
import { untilSettled } from "../../src/probes/until_settled.ts";
import { BLOCK, PASS, probeThat } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const STARTING: ProbeResult = {
  status: "block",
  summary: "daemon down",
  transient: true,
  fix: { summary: "start it" },
};

function scene(results: readonly ProbeResult[][]) {
  let time = 0;
  let asked = 0;
  const said: string[] = [];
  const ask = () => {
    const round = results[Math.min(asked++, results.length - 1)]!;
    return Promise.resolve(
      round.map((result, index) => ({ probe: probeThat(`p${index}`, result), result, durationMs: 0 })),
    );
  };
  const clock = {
    nowMs: () => time,
    pause: (ms: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      time += ms;
      return Promise.resolve();
    },
  };
  return {
    ask,
    said,
    clock,
    asked: () => asked,
    time: () => time,
    say: (line: string) => void said.push(line),
    signal: new AbortController().signal,
  };
}

test("untilSettled() asks again until the transient block has healed, and says why it waits", async () => {
  const stage = scene([[STARTING], [STARTING], [PASS]]);
  const answers = await untilSettled(stage.ask, { ...stage, waitMs: 90_000 });
  assert.equal(answers[0]!.result.status, "pass");
  assert.deepEqual(stage.said, [
    "waiting for p0: daemon down (asking again in 1 s, 90 s left)",
    "waiting for p0: daemon down (asking again in 2 s, 89 s left)",
  ]);
});

test("untilSettled() does not wait for a block that cannot heal", async () => {
  const stage = scene([[STARTING, BLOCK]]);
  await untilSettled(stage.ask, { ...stage, waitMs: 90_000 });
  assert.equal(stage.asked(), 1);
});

test("untilSettled() ends at its limit, with pauses of at most 10 s", async () => {
  const stage = scene([[STARTING]]);
  const answers = await untilSettled(stage.ask, { ...stage, waitMs: 30_000 });
  assert.equal(answers[0]!.result.status, "block");
  assert.equal(stage.time(), 30_000);
  assert.equal(stage.asked(), 7);
});

test("untilSettled() ends when interrupted while it waits, on the real clock too", async () => {
  const { ask, say } = scene([[STARTING]]);
  const interrupt = new AbortController();
  const waiting = untilSettled(ask, {
    say: (line) => (say(line), queueMicrotask(() => interrupt.abort(new Error("stop")))),
    waitMs: 90_000,
    signal: interrupt.signal,
  });
  await assert.rejects(waiting, { message: "stop" });
});
