import assert from "node:assert/strict";
import {
  BudgetExceeded,
  type Gateway,
  GatewayBroken,
  type GatewayOptions,
  GatewayRefused,
} from "../../src/models/gateway.ts";
import { unlessAborted } from "../../src/sandbox/unless_aborted.ts";
import { NO_USAGE } from "../../src/domain/usage.ts";
import { type Answer, calls, type Ring1, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { runStage, toolResult } from "./run_stage.ts";

const FETCH = { kind: "fetch", url: "https://gateway.invalid/v1/x", method: "POST", body: "{}" };
const USED = { ...NO_USAGE, inputTokens: 100, outputTokens: 20, cacheReadTokens: 30, reasoningTokens: 5 };

function gateway(open?: Gateway["open"]) {
  const asked: GatewayOptions[] = [];
  const models: string[] = [];
  return {
    asked,
    models,
    open: (async (route, request, options) => {
      asked.push(options);
      models.push(route.model);
      return await (open?.(route, request, options) ?? Promise.resolve({
        status: 200,
        headers: {},
        usage: () => USED,
        body: (async function* () {
          yield await Promise.resolve(new TextEncoder().encode("data: x\n\n"));
        })(),
      }));
    }) satisfies Gateway["open"],
  };
}

/** A worker that asks the model before it answers, once more when an answer breaks off. */
function asking(answers: readonly Answer[]) {
  let request = 0;
  let turn = 0;
  const begin = (ring1: Ring1) => ring1.say({ ...FETCH, request: ++request });
  return scriptedWorkers((ring1, told) => {
    if (told.kind === "start") request = 0;
    if (told.kind === "start" || told.kind === "next") begin(ring1);
    if (told.kind === "end") ring1.say(answers[turn++]);
    if (told.kind === "broken") {
      ring1.say({ kind: "retry", attempt: 1, delayMs: 1, reason: told.reason });
      begin(ring1);
    }
  });
}

const view = { view: (call: Parameters<typeof toolResult>[0]) => Promise.resolve(toolResult(call)) };

test("what every request used is counted: for the turn, the run and the day", async () => {
  const door = gateway();
  const ring1 = asking([calls({ c1: ["view"] }), says("done")]);
  await using stage = await runStage({ startWorker: ring1.start, tools: view, change: { gateway: door } });
  const { sessionId, runId } = await stage.begin();
  const run = await stage.ended(sessionId, runId);
  assert.deepEqual(run.usage, {
    inputTokens: 200,
    outputTokens: 40,
    cacheReadTokens: 60,
    cacheWriteTokens: 0,
    reasoningTokens: 10,
  });
  assert.equal(stage.store.days.tokens("2026-11-23"), 240);
  const reports = stage.events(sessionId).flatMap((event) =>
    event.name === "usage_report" ? [event.fields.usage.total_tokens] : []
  );
  assert.deepEqual(reports, [120, 120]);
  const end = stage.events(sessionId).at(-1)!;
  assert.ok(end.name === "run_completed" && end.fields.total_usage.total_tokens === 240);
});

test("an answer that broke off counts too, is told, and asked for again", async () => {
  let tries = 0;
  const door = gateway(() => {
    const cut = tries++ === 0;
    return Promise.resolve({
      status: 200,
      headers: {},
      usage: () => USED,
      body: (async function* () {
        yield await Promise.resolve(new Uint8Array(1));
        if (cut) throw new GatewayBroken("the answer was cut");
      })(),
    });
  });
  await using stage = await runStage({
    startWorker: asking([says("done")]).start,
    change: { gateway: door },
  });
  const { sessionId, runId } = await stage.begin();
  const { usage, end } = await stage.ended(sessionId, runId);
  assert.deepEqual([end, usage.inputTokens], [{ stopped: "completed" }, 200]);
  const retry = stage.events(sessionId).find(({ name }) => name === "retry_attempt")!;
  assert.deepEqual(retry.fields, { attempt: 1, delay_ms: 1, reason: "the answer was cut" });
});

test("an answer that is not kept counts too", async () => {
  const once = calls({ c1: ["view"] });
  const twice = { ...once, parts: [...once.parts, ...once.parts] };
  await using stage = await runStage({
    startWorker: asking([twice]).start,
    tools: view,
    change: { gateway: gateway() },
  });
  const { sessionId, runId } = await stage.begin();
  const { usage, end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "worker_failed");
  assert.equal(usage.inputTokens, 100);
  const last = stage.events(sessionId).at(-1)!;
  assert.deepEqual([last.name, stage.store.days.tokens("2026-11-23")], ["run_error", 120]);
});

test("the gateway is told what the budgets leave; what would go beyond ends the run", async () => {
  const door = gateway((_route, _request, { tokensLeft }) => {
    if (tokensLeft! < 100) throw new BudgetExceeded(`Cannot ask the model: ${tokensLeft} tokens are left`);
    return undefined as never;
  });
  const ring1 = asking([calls({ c1: ["view"] }), says("done")]);
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: view,
    autopilot: "[budget]\ntokens_per_run = 180\ntokens_per_day = 1_000\n",
    change: { gateway: door },
  });
  const { sessionId, runId } = await stage.begin();
  const { end } = await stage.ended(sessionId, runId);
  assert.deepEqual(door.asked.map(({ tokensLeft }) => tokensLeft), [180, 60]);
  const error = "Cannot ask the model: 60 tokens are left";
  assert.deepEqual(end, { failed: "budget_exceeded", error, retryable: false });
});

test("a worker that asks the gateway for what it may not ends its run", async () => {
  const door = gateway(() => Promise.reject(new GatewayRefused("another path")));
  await using stage = await runStage({ startWorker: asking([]).start, change: { gateway: door } });
  const { sessionId, runId } = await stage.begin();
  const { end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "worker_failed", JSON.stringify(end));
});

test("a bug of ours ends the run, is logged, and says nothing to the caller", async () => {
  const door = gateway(() => Promise.reject(new TypeError("x is not a function")));
  await using stage = await runStage({ startWorker: asking([]).start, change: { gateway: door } });
  const { sessionId, runId } = await stage.begin();
  const { end } = await stage.ended(sessionId, runId);
  assert.ok(end && "failed" in end && end.failed === "internal_error" && !end.error.includes("function"));
  assert.match(stage.log.join(), /x is not a function/);
});

test("a request to the model ends when its run is cancelled, and what it used by then is counted", async () => {
  const asked = gate();
  const door = gateway((_route, _request, { signal }) => {
    void asked.pass();
    return Promise.resolve({
      status: 200,
      headers: {},
      usage: () => USED,
      body: (async function* () {
        yield await unlessAborted(signal, new Promise<Uint8Array>(() => {}));
      })(),
    });
  });
  await using stage = await runStage({ startWorker: asking([]).start, change: { gateway: door } });
  const { sessionId, runId } = await stage.begin();
  await asked.reached;
  await stage.runs.cancel(sessionId, runId);
  const { end, usage } = stage.store.runs.get(runId)!;
  assert.deepEqual([end, usage.inputTokens], [{ stopped: "cancelled" }, 100]);
});

test("a request that is broken off before it is answered counts by its length", async () => {
  const sent = gate();
  const door = gateway(async (_route, _request, { signal }) => {
    void sent.pass();
    return await unlessAborted(signal, new Promise<never>(() => {}));
  });
  const body = JSON.stringify({ input: "x".repeat(700) });
  const ring1 = scriptedWorkers((ring1, told) => {
    if (told.kind !== "start") return;
    ring1.say({ ...FETCH, body, request: 1 });
    void sent.reached.then(() => ring1.say({ kind: "stop", request: 1 }, says("done")));
  });
  await using stage = await runStage({ startWorker: ring1.start, change: { gateway: door } });
  const { sessionId, runId } = await stage.begin();
  const { end, usage } = await stage.ended(sessionId, runId);
  assert.deepEqual([end, usage.inputTokens], [{ stopped: "completed" }, Math.ceil(body.length / 3.5)]);
});

test("runs at once keep the day's budget together", async () => {
  const first = gate();
  const left: (number | undefined)[] = [];
  const door = gateway((_route, _request, { tokensLeft }) => {
    left.push(tokensLeft);
    const usage = () => ({ ...NO_USAGE, inputTokens: 3_000 });
    return Promise.resolve({
      status: 200,
      headers: {},
      usage,
      body: (async function* () {
        if (left.length === 1) await first.pass();
        yield await Promise.resolve(new TextEncoder().encode("data: x\n\n"));
      })(),
    });
  });
  const ring1 = scriptedWorkers((ring1, told) => {
    if (told.kind === "start") ring1.say({ ...FETCH, request: 1 });
    if (told.kind === "end") ring1.say(says("done"));
  });
  await using stage = await runStage({
    startWorker: ring1.start,
    autopilot: "[budget]\ntokens_per_day = 5_000\n",
    change: { gateway: door },
  });
  const one = await stage.begin();
  await first.reached;
  const other = await stage.begin();
  await stage.until(other.sessionId, () => stage.names(other.sessionId).includes("turn_started"));
  first.open();
  for (const { sessionId, runId } of [one, other]) await stage.ended(sessionId, runId);
  assert.deepEqual(left, [5_000, 2_000]);
});

test("a model that is switched to is asked from the next turn on, also by the session's next run", async () => {
  const held = gate();
  const door = gateway();
  const ring1 = asking([calls({ c1: ["view"] }), says("done"), says("again")]);
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { view: async (call) => (await held.pass(), toolResult(call)) },
    config: '[profiles.default]\nauto_approve = ["*"]\n[profiles.other]\n',
    change: { gateway: door },
  });
  const { sessionId, runId } = await stage.begin({ model: "openai/gpt-x" });
  await held.reached;
  await assert.rejects(stage.runs.switchModel(sessionId, runId, "nope/x"), { code: "invalid_model" });
  await stage.runs.switchModel(sessionId, runId, "openai/gpt-y");
  held.open();
  await stage.ended(sessionId, runId);
  const next = ring1.told.find((told) => told.kind === "next");
  assert.deepEqual(next?.kind === "next" && next.model, {
    api: "openai-chat",
    model: "gpt-y",
    limits: { contextTokens: 100_000, outputTokens: 4_000 },
    baseUrl: "https://gateway.invalid/v1",
  });
  const second = await stage.begin({ sessionId });
  await stage.ended(sessionId, second.runId);
  assert.deepEqual(door.models, ["gpt-x", "gpt-y", "gpt-y"]);
});

test("a reduced history is told of, and nothing of it is stored", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [(ring1) => ring1.say({ kind: "reduced", tokensBefore: 900, tokensAfter: 500 }, says("done"))],
  }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.events(sessionId).find(({ name }) => name === "compaction_completed")?.fields, {
    tokens_before: 900,
    tokens_after: 500,
    truncated: true,
  });
  assert.equal(stage.store.messages.all(sessionId).length, 2);
});
