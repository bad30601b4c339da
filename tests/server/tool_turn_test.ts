import assert from "node:assert/strict";
import { ToolboxGone, type ToolCall } from "../../src/domain/toolbox.ts";
import { UserError } from "../../src/domain/error.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { until } from "../runs_world/await_condition.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { runStage, toolResult } from "./run_stage.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));
const ASKS =
  '[profiles.default]\nmodel = "openai/gpt-x"\nallowed_tools = ["view", "create", "run_command"]\n';

function resultsOf(stage: Awaited<ReturnType<typeof runStage>>, sessionId: string) {
  return stage.store.messages.all(sessionId).flatMap((message) =>
    message.role === "tool" ? message.results : []
  );
}

test("calls that look run beside each other, changes one by one; results come in the model's order", async () => {
  const [slow, quick] = [gate(), gate()];
  const ring1 = scriptedWorkers(scripts({
    hello: [
      calls({
        c1: ["view", { path: "slow" }],
        c2: ["view", { path: "quick" }],
        c3: ["create", { path: "x" }],
        c4: ["create", { path: "y" }],
      }),
      says("done"),
    ],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: {
      async view(call) {
        await ((call.input as { path: string }).path === "slow" ? slow : quick).pass();
        return toolResult(call, JSON.stringify(call.input));
      },
      create: does,
    },
  });
  const { sessionId, runId } = await stage.begin();
  await Promise.all([slow.reached, quick.reached]);
  quick.open();
  await stage.until(sessionId, () => stage.names(sessionId).includes("tool_execution_completed"));
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__view", "stakpak__view"]);
  slow.open();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent.slice(2).map(({ input }) => input), [{ path: "x" }, { path: "y" }]);
  assert.deepEqual(resultsOf(stage, sessionId).map(({ callId }) => callId), ["c1", "c2", "c3", "c4"]);
});

test("a call is recorded as started before it is sent", async () => {
  const states: string[] = [];
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: {
      async create(call) {
        const other = await stage.temp.another();
        states.push(other.calls.get(call.id)!.state);
        return toolResult(call);
      },
    },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.deepEqual(states, ["started"]);
});

test("what policy forbids is never sent, whatever the caller approves; the model is told what would allow it", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [
      calls({ c1: ["run_command", { command: "ls" }], c2: ["nothing"], c3: ["view"] }),
      says("done"),
    ],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    config: '[profiles.default]\nmodel = "openai/gpt-x"\nallowed_tools = ["view"]\n',
    tools: { view: does, run_command: does },
  });
  const { sessionId, runId } = await stage.begin({ overrides: { autoApprove: "all" } });
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__view"]);
  const [forbidden, unknown, view] = resultsOf(stage, sessionId);
  assert.match(forbidden!.text, /allowed_tools lacks "run_command".*add "run_command" to allowed_tools/);
  assert.match(unknown!.text, /there is no such tool$/);
  assert.deepEqual([forbidden!.isError, unknown!.isError, view!.isError], [true, true, false]);
  const start = ring1.told[0];
  assert.deepEqual(start?.kind === "start" && start.run.tools.map(({ name }) => name), ["stakpak__view"]);
  const audit = stage.store.audit.list({ limit: 10, offset: 0, kind: "call" }).records;
  assert.deepEqual(audit.map(({ subject, outcome }) => [subject, outcome]).reverse(), [
    ["stakpak__run_command", "deny"],
    ["stakpak__nothing", "deny"],
    ["stakpak__view", "approve"],
  ]);
});

test("where nobody can be asked, a call that needs an approval is rejected at once, with what would allow it", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({ startWorker: ring1.start, config: ASKS, tools: { create: does } });
  const { sessionId, runId } = await stage.begin({ pauseOnApproval: false });
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent, []);
  assert.match(resultsOf(stage, sessionId)[0]!.text, /nobody can be asked.*add "create" to auto_approve/);
  assert.equal(stage.store.calls.approvals({ limit: 1, offset: 0 }).total, 0);
});

test("approved calls do not wait for a pending one; the run is parked when nothing else is left", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create", { path: "x" }], c2: ["view"] }), says("done")],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    config: ASKS,
    tools: { view: does, create: does },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__view"]);
  const waiting = stage.events(sessionId).at(-1)!;
  assert.deepEqual(waiting, { name: "waiting_for_tool_approval", fields: { pending_tool_call_ids: ["c1"] } });
  const [pending] = stage.store.calls.pending(sessionId);
  assert.equal(pending!.expiresAt, "2026-11-24T10:00:00.000Z");
  await until("the slot is free", () => stage.runs.counts().running === 0);
  assert.deepEqual([ring1.living(), stage.runs.counts()], [0, { running: 0, queued: 0, waiting: 1 }]);
  await stage.runs.decide(sessionId, runId, { c1: { action: "accept" } }, "api");
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(resultsOf(stage, sessionId).map(({ callId }) => callId), ["c1", "c2"]);
});

test("steering skips what was not begun, lets what is under way end, and is read next", async () => {
  const held = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create", { path: "x" }], c2: ["create", { path: "y" }] }), says("done")],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: async (call) => (await held.pass(), toolResult(call)) },
  });
  const { sessionId, runId } = await stage.begin();
  await held.reached;
  await stage.runs.send(sessionId, runId, "steering", "not y");
  await stage.until(sessionId, () => stage.names(sessionId).includes("tool_rejected"));
  held.open();
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 1);
  const [first, second] = resultsOf(stage, sessionId);
  assert.deepEqual([first!.isError, second!.text], [false, "Skipped due to steering update"]);
  assert.deepEqual(stage.store.messages.all(sessionId).slice(2).map((message) => message.role), [
    "tool",
    "user",
    "assistant",
  ]);
});

test("steering takes a parked run on, and its calls are skipped", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["create"] }), says("done"), says("and later")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, config: ASKS, tools: { create: does } });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  await stage.runs.send(sessionId, runId, "follow_up", "later");
  await stage.runs.send(sessionId, runId, "steering", "never mind");
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent, []);
  await assert.rejects(stage.runs.decide(sessionId, runId, { c1: { action: "accept" } }, "api"), {
    code: "session_not_running",
  });
});

test("a call whose sandbox went away is of unknown outcome: told so, never sent again", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: () => Promise.reject(new ToolboxGone("killed", true)) },
  });
  const { sessionId, runId } = await stage.begin();
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.equal(stage.sent.length, 1);
  assert.equal(stage.store.calls.ofTurn(runId, 1)[0]!.state, "unknown");
  const [result] = resultsOf(stage, sessionId);
  assert.ok(result!.isError);
  assert.match(result!.text, /^OUTCOME_UNKNOWN\n.*may have been carried out/);
});

test("a call that did not reach its sandbox is told as not carried out", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: () => Promise.reject(new ToolboxGone("Cannot reach the sandbox: respawning", false)) },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.match(resultsOf(stage, sessionId)[0]!.text, /respawning: the call was not carried out$/);
});

test("a sandbox that is not to be had ends the run, and what was not sent is not unknown", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"], c2: ["create", { a: 1 }] })] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: () => Promise.reject(new UserError("Cannot start the sandbox: no Docker")) },
  });
  const { sessionId, runId } = await stage.begin();
  const { end } = await stage.ended(sessionId, runId);
  assert.deepEqual(end, {
    failed: "sandbox_unavailable",
    error: "Cannot start the sandbox: no Docker",
    retryable: true,
  });
  assert.deepEqual(stage.store.calls.ofTurn(runId, 1).map(({ state }) => state), ["done", "cancelled"]);
  assert.equal(resultsOf(stage, sessionId).length, 2);
});

test("no secret of a result or of progress is stored, long results are cut, and the audit has their digest", async () => {
  const secret = "kX9vQ2mL7pR4tZ8wB3nC";
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["view"] }), says(`it is ${secret}`)] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: {
      view(call, { onProgress }) {
        // It stands across the place where the message is cut.
        onProgress?.(`${"reading ".repeat(249)}${secret}`);
        return Promise.resolve(toolResult(call, `${secret}\n${"x".repeat(200_000)}`));
      },
    },
    change: {
      async redactor(known) {
        const { Redactor } = await import("../../src/secrets/redactor.ts");
        const one = known ?? new Redactor();
        one.add(secret);
        return one;
      },
    },
  });
  const { sessionId, runId } = await stage.begin({ text: "hello" });
  await stage.ended(sessionId, runId);
  const all = JSON.stringify([stage.events(sessionId), stage.store.messages.all(sessionId)]);
  assert.ok(!all.includes(secret.slice(0, 8)));
  const [result] = resultsOf(stage, sessionId);
  assert.ok(result!.text.length <= 64 * 1024);
  assert.ok(stage.names(sessionId).includes("tool_execution_progress"));
  const [audit] = stage.store.audit.list({ limit: 1, offset: 0, kind: "result" }).records;
  assert.match(JSON.stringify(audit!.details), /"sha256":"[0-9a-f]{64}"/);
});

test("a seen secret is filled in after the approval, and only there", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [
      calls({ c1: ["generate_password"] }),
      (ring1, ask) => {
        const last = ask.kind === "next" ? ask.messages.at(-1) : undefined;
        const [result] = last?.role === "tool" ? last.results : [];
        ring1.say(calls({ c2: ["run_command", { command: `use ${result!.text}` }] }));
      },
      says("done"),
    ],
  }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: {
      generate_password: (call) => Promise.resolve(toolResult(call, "Zx9mango7kelp42\n")),
      run_command: does,
    },
  });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent[1]!.input, { command: "use Zx9mango7kelp42" });
  const all = JSON.stringify([
    stage.events(sessionId),
    stage.store.messages.all(sessionId),
    stage.store.calls.ofTurn(runId, 2),
    stage.store.audit.list({ limit: 50, offset: 0 }).records,
  ]);
  assert.ok(!all.includes("Zx9mango7kelp42"));
  assert.match(all, /use \[REDACTED_SECRET:password:/);
});

test("a placeholder that is no longer held keeps the call from being sent", async () => {
  const command = "use [REDACTED_SECRET:password:abc123]";
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["run_command", { command }] }), says("done")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: { run_command: does } });
  const { sessionId, runId } = await stage.begin();
  await stage.ended(sessionId, runId);
  assert.deepEqual(stage.sent, []);
  assert.match(resultsOf(stage, sessionId)[0]!.text, /no longer held/);
});
