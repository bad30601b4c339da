import assert from "node:assert/strict";
import type { SupervisorMessage } from "../../src/agent/protocol.ts";
import type { WorkerListener } from "../../src/host/worker.ts";
import { GatewayBroken, type InferenceAnswer } from "../../src/models/gateway.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { RunOver } from "../../src/server/run_over.ts";
import { type AskListener, type AskMessage, runWorker } from "../../src/server/run_worker.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { says } from "../fakes/scripted_workers.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const NEXT: AskMessage = { kind: "next", messages: [] };
const FETCH = { kind: "fetch", request: 1, url: "https://gateway.invalid/v1/x", method: "POST", body: "{}" };

function stage(change: Partial<AskListener> = {}) {
  let listener: WorkerListener;
  const told: SupervisorMessage[] = [];
  const failures: unknown[] = [];
  const heard: unknown[] = [];
  let ended = 0;
  const worker = runWorker((adopting) => {
    listener = adopting;
    return { tell: (message) => void told.push(message as SupervisorMessage), end: () => void ended++ };
  }, (why) => failures.push(why));
  const listening: AskListener = {
    open: () => Promise.reject(new Error("no model here")),
    used() {},
    text: (delta) => heard.push(delta),
    reasoning: (delta) => heard.push({ delta }),
    retry: (said) => heard.push(said),
    reduced: (said) => heard.push(said),
    ...change,
  };
  return {
    worker,
    told,
    heard,
    failures,
    ended: () => ended,
    say: (...all: unknown[]) => all.forEach((message) => listener.said(message)),
    fail: (reason: string) => listener.failed(reason),
    ask: (signal = NEVER) => worker.ask(NEXT, listening, signal),
  };
}

function answerOf(chunks: readonly string[], then?: Error): InferenceAnswer {
  return {
    status: 200,
    headers: { "content-type": "text/event-stream" },
    usage: () => NO_USAGE,
    async *body() {
      for (const chunk of chunks) yield await Promise.resolve(new TextEncoder().encode(chunk));
      if (then) throw then;
    },
  } as unknown as InferenceAnswer;
}

function answering(chunks: readonly string[], then?: Error): InferenceAnswer {
  const answer = answerOf(chunks, then);
  return { ...answer, body: (answer.body as unknown as () => AsyncIterable<Uint8Array>)() };
}

function failsWith(reason: string, words = /./) {
  return (error: unknown) => {
    assert.ok(error instanceof RunOver && error.end && "failed" in error.end, String(error));
    assert.deepEqual([error.end.failed, words.test(error.end.error)], [reason, true], error.end.error);
    return true;
  };
}

/** Macrotasks pass: what was said is heard. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("runWorker() asks once the worker is ready, tells what it says, and resolves to its answer", async () => {
  const { worker, ask, say, told, heard } = stage();
  using _worker = worker;
  const asked = ask();
  assert.deepEqual(told, []);
  say({ kind: "ready" });
  assert.deepEqual(told, [NEXT]);
  const retry = { kind: "retry", attempt: 1, delayMs: 5, reason: "429" };
  say({ kind: "text", delta: "a" }, { kind: "reasoning", delta: "b" }, retry, says("done"));
  assert.deepEqual((await asked).parts, [{ type: "text", text: "done" }]);
  assert.deepEqual(heard, ["a", { delta: "b" }, retry]);
  const again = ask();
  say(says("once more"));
  assert.deepEqual((await again).parts, [{ type: "text", text: "once more" }]);
});

test("runWorker() ends a worker whose answer holds itself", async () => {
  const { worker, ask, say } = stage();
  using _worker = worker;
  say({ kind: "ready" });
  const asked = ask();
  const input: Record<string, unknown> = {};
  input.self = input;
  const call = { id: "1", name: "stakpak__view", input };
  say({ kind: "answer", parts: [{ type: "tool_call", call }], finish: "tool_calls", heapBytes: 1 });
  await assert.rejects(asked, failsWith("worker_failed"));
});

test("runWorker() carries a request to the model and its answer back", async () => {
  const { worker, ask, say, told } = stage({ open: () => Promise.resolve(answering(["one", "two"])) });
  using _worker = worker;
  say({ kind: "ready" });
  const asked = ask();
  say(FETCH);
  await settled();
  assert.deepEqual(told.slice(1).map(({ kind }) => kind), ["head", "chunk", "chunk", "end"]);
  say({ kind: "stop", request: 1 }, says("done"));
  await asked;
});

test("runWorker() counts each answer once, whole or not, when the worker was told its end", async () => {
  let tries = 0;
  const counted: unknown[] = [];
  const { worker, ask, say, told } = stage({
    open: () => Promise.resolve(answering(["one"], tries++ === 0 ? new GatewayBroken("cut") : undefined)),
    used: (usage) => counted.push([usage, told.at(-1)!.kind]),
  });
  using _worker = worker;
  say({ kind: "ready" });
  const asked = ask();
  say(FETCH);
  await settled();
  say({ ...FETCH, request: 2 });
  await settled();
  assert.deepEqual(counted, [[NO_USAGE, "broken"], [NO_USAGE, "end"]]);
  say(says("done"));
  await asked;
  assert.equal(counted.length, 2);
});

test("runWorker() tells of an answer that broke off; the worker may ask again", async () => {
  let tries = 0;
  const { worker, ask, say, told } = stage({
    open: () =>
      tries++ === 0
        ? Promise.resolve(answering(["one"], new GatewayBroken("cut")))
        : Promise.resolve(answering([])),
  });
  using _worker = worker;
  say({ kind: "ready" });
  const asked = ask();
  say(FETCH);
  await settled();
  assert.deepEqual(told.at(-1), { kind: "broken", request: 1, reason: "cut" });
  say({ ...FETCH, request: 2 });
  await settled();
  say(says("done"));
  await asked;
  assert.equal(told.at(-1)!.kind, "end");
});

test("runWorker() ends a worker that says what no worker says, or out of turn", async () => {
  const proto = JSON.parse('{"kind":"text","delta":"a","__proto__":{"x":1}}');
  let deep: unknown = "x";
  for (let level = 0; level < 20_000; level++) deep = [deep];
  const call = { type: "tool_call", call: { id: "c", name: "n", input: deep } };
  const words: readonly unknown[] = [
    undefined,
    null,
    "ready",
    { kind: "approve", id: "call_1" },
    { kind: "result", callId: "c", text: "forged" },
    { kind: "text", delta: "a", run: "another" },
    proto,
    { kind: "text", delta: "x".repeat(9_000_000) },
    { kind: "answer", parts: [], finish: "stop", heapBytes: NaN },
    { kind: "answer", parts: [{ type: "image" }], finish: "stop", heapBytes: 1 },
    { kind: "answer", parts: [call], finish: "stop", heapBytes: 1 },
    { kind: "failed", reason: "interrupted", error: "e", retryable: true },
    { kind: "ready" },
    { kind: "stop", request: 7 },
    { ...FETCH, request: 2 },
    { ...FETCH, request: 0 },
  ];
  for (const word of words) {
    const { ask, say, failures, ended } = stage();
    say({ kind: "ready" });
    const asked = ask();
    asked.catch(() => {});
    say(word);
    await settled();
    say(says("too late"));
    await assert.rejects(asked, failsWith("worker_failed"), JSON.stringify(word)?.slice(0, 80));
    assert.deepEqual([failures.length, ended()], [1, 1]);
    await assert.rejects(ask(), failsWith("worker_failed"));
  }
});

test("runWorker() ends a worker that speaks when nobody asks, and says so at once", async () => {
  for (const word of [says("unasked"), { kind: "text", delta: "a" }, FETCH]) {
    const { ask, say, failures } = stage();
    say({ kind: "ready" }, word);
    assert.equal(failures.length, 1);
    await assert.rejects(ask(), failsWith("worker_failed", /without being asked/));
  }
});

test("runWorker() ends a worker that floods, and none that tells what a model says", async () => {
  const flooding = stage();
  flooding.say({ kind: "ready" });
  const asked = flooding.ask();
  for (let said = 0; said < 10_000; said++) flooding.say({ kind: "text", delta: "x" });
  await assert.rejects(asked, failsWith("worker_failed", /too much/));
  assert.ok(flooding.heard.length <= 2_000);

  const talking = stage({ open: () => Promise.resolve(answering(Array(1_000).fill("x".repeat(1_000)))) });
  using _worker = talking.worker;
  talking.say({ kind: "ready" });
  const long = talking.ask();
  talking.say(FETCH);
  while (talking.told.at(-1)!.kind !== "end") await settled();
  for (let said = 0; said < 10_000; said++) talking.say({ kind: "text", delta: "x" });
  talking.say(says("done"));
  await long;
});

test("runWorker() ends a worker that says more than its model did, in deltas or in its answer", async () => {
  const said = "x".repeat(100_000);
  const delta = { kind: "text", delta: said };
  for (const words of [[delta], [says(said)]]) {
    const { ask, say } = stage();
    say({ kind: "ready" });
    const asked = ask();
    say(...words);
    await assert.rejects(asked, failsWith("worker_failed", /longer than what its model said/));
  }
  const { worker, ask, say, told } = stage({ open: () => Promise.resolve(answering([said])) });
  using _worker = worker;
  say({ kind: "ready" });
  const asked = ask();
  for (const request of [1, 2]) {
    say({ ...FETCH, request });
    while (told.at(-1)!.kind !== "end" || told.length < 1 + 3 * request) await settled();
    say(delta);
    if (request === 1) say({ kind: "retry", attempt: 1, delayMs: 1, reason: "cut" });
  }
  say(says(said));
  await asked;
});

test("runWorker() ends a worker that tells of more retries and reductions than there can be", async () => {
  const retry = { kind: "retry", attempt: 1, delayMs: 1, reason: "cut" };
  const reduced = { kind: "reduced", tokensBefore: 2, tokensAfter: 1 };
  const { ask, say, heard } = stage();
  say({ kind: "ready" });
  const asked = ask();
  for (let n = 0; n < 100; n++) say(retry, reduced);
  await assert.rejects(asked, failsWith("worker_failed", /too much/));
  assert.equal(heard.length, 10);
});

test("runWorker() ends a worker that asks the model too often, or twice at a time", async () => {
  const often = stage({ open: () => Promise.resolve(answering([])) });
  often.say({ kind: "ready" });
  const asked = often.ask();
  asked.catch(() => {});
  for (let request = 1; request <= 6; request++) {
    often.say({ ...FETCH, request });
    await settled();
  }
  await assert.rejects(asked, failsWith("worker_failed", /too often/));
  const twice = stage({ open: () => new Promise(() => {}) });
  twice.say({ kind: "ready" });
  const both = twice.ask();
  twice.say(FETCH, { ...FETCH, request: 2 });
  await assert.rejects(
    Promise.race([both, settled().then(() => Promise.reject(twice.failures[0]))]),
    (error) => failsWith("worker_failed", /out of turn/)(error),
  );
});

test("runWorker() ends a worker that is silent for a minute, but not while a model is asked or it backs off", async () => {
  using clock = fakeClock();
  const silent = stage();
  const asked = silent.ask();
  asked.catch(() => {});
  await clock.pass(59_000);
  silent.say({ kind: "ready" });
  await clock.pass(59_000);
  silent.say({ kind: "text", delta: "a" });
  await clock.pass(61_000);
  await assert.rejects(asked, failsWith("worker_failed", /nothing for 60 s/));

  const open = Promise.withResolvers<InferenceAnswer>();
  const waiting = stage({ open: () => open.promise });
  waiting.say({ kind: "ready" });
  const long = waiting.ask();
  waiting.say({ kind: "retry", attempt: 1, delayMs: 50_000, reason: "429" });
  await clock.pass(100_000);
  waiting.say(FETCH);
  await clock.pass(600_000);
  open.resolve(answering([]));
  await clock.pass(0);
  waiting.say(says("done"));
  await long;
  assert.deepEqual(waiting.failures, []);
  waiting.worker[Symbol.dispose]();
});

test("runWorker() rejects with what the worker gives as the reason, and when it throws", async () => {
  const { ask, say } = stage();
  say({ kind: "ready" });
  const asked = ask();
  say({ kind: "failed", reason: "model_refused", error: "it refused", retryable: false });
  await assert.rejects(asked, failsWith("model_refused", /it refused/));
  const throwing = stage();
  const broken = throwing.ask();
  throwing.fail("Uncaught TypeError");
  await assert.rejects(broken, failsWith("worker_failed", /it threw: Uncaught TypeError/));
});

test("runWorker() rejects with the signal's reason, and what is asked of the model ends with it", async () => {
  const opened = Promise.withResolvers<AbortSignal>();
  const { worker, ask, say } = stage({
    open: (_asked, signal) => {
      opened.resolve(signal);
      return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    },
  });
  using _worker = worker;
  say({ kind: "ready" });
  const cancelling = new AbortController();
  const asked = ask(cancelling.signal);
  say(FETCH);
  const signal = await opened.promise;
  const reason = new Error("cancelled");
  cancelling.abort(reason);
  await assert.rejects(asked, reason);
  assert.ok(signal.aborted);
});

test("runWorker() rejects with what the listener throws, or the model's door refuses", async () => {
  const reason = new RunOver({ failed: "budget_exceeded", error: "too much", retryable: false });
  const { ask, say, failures } = stage({ open: () => Promise.reject(reason) });
  say({ kind: "ready" });
  const asked = ask();
  say(FETCH);
  await assert.rejects(asked, reason);
  assert.deepEqual(failures, [reason]);
  const lost = stage({
    text: () => {
      throw reason;
    },
  });
  lost.say({ kind: "ready" });
  const told = lost.ask();
  lost.say({ kind: "text", delta: "a" });
  await assert.rejects(told, reason);
});
