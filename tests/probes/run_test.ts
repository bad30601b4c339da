import assert from "node:assert/strict";
import type { Probe } from "../../src/probes/probe.ts";
import { type ProbeAnswer, runProbes } from "../../src/probes/run.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { BLOCK, contextOn, PASS, probeThat, WARN } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

async function ask(probes: readonly Probe[], signal = NEVER, deadlineMs?: number): Promise<ProbeAnswer[]> {
  return await runProbes(probes, await contextOn(fakeHost()), signal, deadlineMs);
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
  const [answer] = await ask([probeThat("deaf", () => new Promise(() => {}))], NEVER, 10);
  assert.equal(answer!.result.summary, "Cannot tell: no answer within 0.01 s");
});

test("runProbes() aborts the signal that a probe was given at its deadline", async () => {
  const probe: Probe = {
    ...probeThat("listens", PASS),
    check: ({ signal }) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("told to stop")))),
  };
  const [answer] = await ask([probe], NEVER, 10);
  assert.equal(answer!.result.status, "block");
});

test("runProbes() rejects with the caller's reason when interrupted", async () => {
  const interrupt = new AbortController();
  const asking = ask([probeThat("deaf", () => {
    interrupt.abort(new Error("interrupted"));
    return new Promise(() => {});
  })], interrupt.signal);
  await assert.rejects(asking, { message: "interrupted" });
});
