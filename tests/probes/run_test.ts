import assert from "node:assert/strict";
import type { Probe } from "../../src/probes/probe.ts";
import { type Patience, type ProbeAnswer, runProbes } from "../../src/probes/run.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { BLOCK, contextOn, PASS, probeThat, WARN } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

/** A probe that does not end by itself is given up at once. */
const SHORT: Patience = { deadlineMs: 10, endingMs: 0 };
/** The test ends before it does. */
const AMPLE_MS = 60_000;

async function ask(
  probes: readonly Probe[],
  signal = NEVER,
  patience: Patience = { deadlineMs: AMPLE_MS, endingMs: 0 },
): Promise<ProbeAnswer[]> {
  return await runProbes(probes, await contextOn(fakeHost()), signal, patience);
}

const statuses = (answers: readonly ProbeAnswer[]) =>
  answers.map(({ probe, result }) => [probe.id, result.status]);

test("runProbes() skips a probe whose need blocked, and asks one whose need warned", async () => {
  const answers = await ask([
    probeThat("a", BLOCK),
    probeThat("b", PASS, ["a"]),
    probeThat("c", WARN),
    probeThat("d", PASS, ["c"]),
  ]);
  assert.deepEqual(statuses(answers), [["a", "block"], ["b", "skip"], ["c", "warn"], ["d", "pass"]]);
  assert.equal(answers[1]!.result.summary, "Skipped: a did not pass");
});

test("runProbes() counts a need that was not chosen as met", async () => {
  assert.deepEqual(statuses(await ask([probeThat("b", PASS, ["a"])])), [["b", "pass"]]);
});

test("runProbes() asks probes side by side and answers in their order", async () => {
  const gate = Promise.withResolvers<void>();
  const first = probeThat("first", async () => {
    await gate.promise;
    return PASS;
  });
  const second = probeThat("second", () => {
    gate.resolve();
    return Promise.resolve(PASS);
  });
  assert.deepEqual(statuses(await ask([first, second])), [["first", "pass"], ["second", "pass"]]);
});

test("runProbes() starts a probe before the one it needs has answered, and drops what it found when that blocks", async () => {
  const asked = Promise.withResolvers<void>();
  const slow = probeThat("slow", async () => {
    await asked.promise;
    return BLOCK;
  });
  const after = probeThat("after", () => {
    asked.resolve();
    return Promise.reject(new Error("nothing there"));
  }, ["slow"]);
  assert.deepEqual(statuses(await ask([slow, after])), [["slow", "block"], ["after", "skip"]]);
});

test("runProbes() blocks with 'cannot tell' when a probe throws", async () => {
  const [answer] = await ask([probeThat("broken", () => Promise.reject(new Error("boom")))]);
  assert.deepEqual(answer!.result.summary, "Cannot tell: boom");
  assert.equal(answer!.result.status, "block");
});

test("runProbes() blocks with 'cannot tell' when a probe throws before its first await", async () => {
  const [answer] = await ask([probeThat("broken", () => {
    throw new TypeError("bad");
  })]);
  assert.equal(answer!.result.summary, "Cannot tell: bad");
});

test("runProbes() gives up on a probe that ignores its deadline", async () => {
  const [answer] = await ask([probeThat("deaf", () => new Promise(() => {}))], NEVER, SHORT);
  assert.equal(answer!.result.summary, "Cannot tell: no answer within 0.01 s");
});

/** Ends some time after it was told to, as a command does that has to be killed. */
function reluctant(ended: string[], id: string): Probe {
  return probeThat(
    id,
    ({ signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () =>
          setTimeout(() => {
            ended.push(id);
            reject(signal.reason);
          }))
      ),
  );
}

test("runProbes() gives a probe the time that it asks for", async () => {
  const waits = (ms: number): Probe => ({
    ...probeThat(
      "waits",
      ({ signal }) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))),
    ),
    deadlineMs: ms,
  });
  const [answer] = await ask([waits(20)]);
  assert.equal(answer!.result.summary, "Cannot tell: no answer within 0.02 s");
});

test("runProbes() tells a probe to stop at its deadline, and waits until it has", async () => {
  const ended: string[] = [];
  const [answer] = await ask([reluctant(ended, "slow")], NEVER, { deadlineMs: 10, endingMs: AMPLE_MS });
  assert.equal(answer!.result.summary, "Cannot tell: no answer within 0.01 s");
  assert.deepEqual(ended, ["slow"]);
});

test("runProbes() does not believe an answer that was made after the deadline", async () => {
  const late = probeThat(
    "late",
    ({ signal }) => new Promise((resolve) => signal.addEventListener("abort", () => resolve(PASS))),
  );
  const [answer] = await ask([late], NEVER, { deadlineMs: 10, endingMs: AMPLE_MS });
  assert.equal(answer!.result.status, "block");
});

test("runProbes() waits for every probe to stop when interrupted", async () => {
  const ended: string[] = [];
  const interrupt = new AbortController();
  const quick = probeThat("quick", ({ signal }) => {
    queueMicrotask(() => interrupt.abort(new Error("interrupted")));
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  const probes = [reluctant(ended, "slow"), reluctant(ended, "slower"), quick];
  const asking = ask(probes, interrupt.signal, { deadlineMs: AMPLE_MS, endingMs: AMPLE_MS });
  await assert.rejects(asking, { message: "interrupted" });
  assert.deepEqual(ended, ["slow", "slower"]);
});

test("runProbes() rejects with the caller's reason when interrupted", async () => {
  const interrupt = new AbortController();
  const asking = ask([probeThat("deaf", () => {
    interrupt.abort(new Error("interrupted"));
    return new Promise(() => {});
  })], interrupt.signal);
  await assert.rejects(asking, { message: "interrupted" });
});
