import assert from "node:assert/strict";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { gate } from "../runs_world/gate.ts";
import { test } from "../sanitized.ts";
import { type RunStage, runStage, toolResult } from "./run_stage.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));
const ACCEPT = { action: "accept" } as const;
const NOBODY = "00000000-0000-4000-8000-000000000000";

/** A run that stands in front of its first answer. */
async function held(): Promise<{ stage: RunStage; sessionId: string; runId: string; open: () => void }> {
  const door = gate();
  const ring1 = scriptedWorkers(scripts({
    hello: [(ring1) => void door.pass().then(() => ring1.say(says("done")))],
    quick: [says("done")],
  }));
  const stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  await door.reached;
  return { stage, sessionId, runId, open: door.open };
}

test("startRuns() takes one run at a time for a session, and says what is wrong with others", async () => {
  const { stage, sessionId, runId, open } = await held();
  await using _stage = stage;
  await assert.rejects(stage.begin({ sessionId }), { status: 409, code: "session_already_running" });
  await assert.rejects(stage.begin({ sessionId: NOBODY }), { status: 404, code: "not_found" });
  const wrong = [
    [{ profile: "nobody" }, "invalid_profile"],
    [{ overrides: { model: "nope/x" } }, "invalid_model"],
    [{ overrides: { maxTurns: 257 } }, "invalid_overrides"],
    [{ context: Array(33).fill({ name: "n", content: "c" }) }, "invalid_context"],
  ] as const;
  for (const [asked, code] of wrong) await assert.rejects(stage.begin(asked), { status: 400, code });
  open();
  await stage.ended(sessionId, runId);
  const next = await stage.begin({ sessionId, text: "quick" });
  assert.equal(
    next.cursor,
    stage.store.events.after(sessionId, 0, 100).findLast(({ runId: id }) => id === runId)!.id,
  );
  await stage.ended(sessionId, next.runId);
});

test("a run that was just told as ended makes room for the next one (O-11)", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [1, 2, 3, 4].map(() => says("done")) }));
  await using stage = await runStage({ startWorker: ring1.start });
  const { sessionId, runId } = await stage.begin();
  let [last, ended] = [runId, 0];
  while (ended < 3) {
    await stage.until(
      sessionId,
      () =>
        stage.store.events.after(sessionId, 0, 1_000).some(({ runId, event }) =>
          runId === last && event.name === "run_completed"
        ),
    );
    ended++;
    last = (await stage.begin({ sessionId })).runId;
  }
  await stage.ended(sessionId, last);
});

test("what is said about a run that is not there is refused", async () => {
  const { stage, sessionId, runId, open } = await held();
  await using _stage = stage;
  const { runs } = stage;
  const asks = (session: string, run: string) => [
    runs.send(session, run, "steering", "x"),
    runs.cancel(session, run),
    runs.decide(session, run, { c1: ACCEPT }, "api"),
    runs.switchModel(session, run, "openai/x"),
  ];
  for (const asked of asks(NOBODY, runId)) await assert.rejects(asked, { status: 404, code: "not_found" });
  for (const asked of asks(sessionId, NOBODY)) {
    await assert.rejects(asked, { status: 409, code: "run_mismatch" });
  }
  await assert.rejects(runs.decide(sessionId, runId, { c1: ACCEPT }, "api"), { code: "unknown_tool_call" });
  await assert.rejects(runs.decideApproval("call_x", ACCEPT, "api"), { code: "unknown_approval" });
  await assert.rejects(runs.delete(NOBODY, "api"), { code: "not_found" });
  await assert.rejects(runs.resume(NOBODY), { code: "not_found" });
  assert.equal((await runs.resume(sessionId)).runId, runId);
  open();
  await stage.ended(sessionId, runId);
  for (const asked of asks(sessionId, runId)) await assert.rejects(asked, { code: "session_not_running" });
});

test("a run takes a bounded number of messages that it has not read", async () => {
  const { stage, sessionId, runId, open } = await held();
  await using _stage = stage;
  for (let sent = 0; sent < 100; sent++) await stage.runs.send(sessionId, runId, "steering", `${sent}`);
  await assert.rejects(stage.runs.send(sessionId, runId, "follow_up", "x"), { code: "too_many_messages" });
  open();
  await stage.ended(sessionId, runId);
  assert.equal(stage.store.messages.all(sessionId).filter(({ role }) => role === "user").length, 101);
});

test("deleting a session ends its run and leaves nothing of it but the audit log", async () => {
  const { stage, sessionId, runId } = await held();
  await using _stage = stage;
  await stage.runs.delete(sessionId, "api");
  assert.deepEqual(
    [
      stage.store.sessions.get(sessionId),
      stage.store.runs.get(runId),
      stage.store.messages.all(sessionId),
      stage.events(sessionId),
    ],
    [undefined, undefined, [], []],
  );
  await assert.rejects(stage.runs.delete(sessionId, "api"), { code: "not_found" });
});

test("a run that another process ends or deletes is over here, and nothing more is written of it", async () => {
  for (const way of ["end", "delete"] as const) {
    const { stage, sessionId, runId, open } = await held();
    await using _stage = stage;
    const other = await stage.temp.another();
    const { settleRun } = await import("../../src/server/settle_run.ts");
    if (way === "end") settleRun(other, runId, { stopped: "cancelled" });
    else other.sessions.delete(sessionId);
    const events = stage.events(sessionId).length;
    const { until } = await import("../runs_world/await_condition.ts");
    await until("it is over", () => stage.runs.counts().running === 0);
    open();
    assert.equal(stage.events(sessionId).length, events);
    assert.deepEqual(stage.log, []);
  }
});

test("an approval is decided by our own id of its call, once", async () => {
  const ring1 = scriptedWorkers(scripts({ hello: [calls({ c1: ["create"] }), says("done")] }));
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { create: does },
    config: '[profiles.default]\nmodel = "openai/gpt-x"\n',
  });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  const { id } = stage.store.calls.pending()[0]!;
  await stage.runs.decideApproval(id, ACCEPT, "cli:ada");
  await stage.runs.decideApproval(id, ACCEPT, "cli:ada");
  await assert.rejects(stage.runs.decideApproval(id, { action: "reject" }, "cli:ada"), {
    status: 409,
    code: "already_resolved",
  });
  await stage.ended(sessionId, runId);
  assert.equal(stage.sent.length, 1);
  await stage.runs.decideApproval(id, ACCEPT, "cli:ada");
  const { records } = stage.store.audit.list({ limit: 9, offset: 0, kind: "decision" });
  assert.deepEqual(records.map(({ actor, outcome }) => [actor, outcome]), [["cli:ada", "approved"]]);
});

test("a session that a dead process left in the middle of a run takes the next one", async () => {
  const { stage, sessionId, runId, open } = await held();
  await using _stage = stage;
  const parts = { ...stage.parts, instance: "second" };
  const { startRuns } = await import("../../src/server/runs.ts");
  // It was there before the first one died.
  let dead = false;
  await using second = await startRuns({
    ...parts,
    lives: (one) => Promise.resolve(one !== "first" || !dead),
  });
  const asked = {
    sessionId,
    text: "quick",
    context: [],
    overrides: {},
    sandbox: true,
    pauseOnApproval: false,
    origin: "cli",
  } as const;
  await assert.rejects(second.start(asked), { code: "session_already_running" });
  await assert.rejects(second.resume(sessionId), { code: "session_already_running" });
  dead = true;
  const next = await second.start(asked);
  open();
  assert.deepEqual((await stage.ended(sessionId, next.runId)).end, { stopped: "completed" });
  const { end } = stage.store.runs.get(runId)!;
  assert.ok(end && "failed" in end && end.failed === "interrupted");
});

test("secrets of what is asked are stored nowhere", async () => {
  const secret = "kX9vQ2mL7pR4tZ8wB3nC";
  const { Redactor } = await import("../../src/secrets/redactor.ts");
  const ring1 = scriptedWorkers((ring1, told) => told.kind === "start" && ring1.say(says("done")));
  await using stage = await runStage({
    startWorker: ring1.start,
    change: {
      redactor(known = new Redactor()) {
        known.add(secret);
        return Promise.resolve(known);
      },
    },
  });
  const { sessionId, runId } = await stage.begin({
    text: `use ${secret}`,
    context: [{ name: `n ${secret}`, content: `c ${secret}`, priority: secret }],
    overrides: { systemPrompt: `p ${secret}`, autoApprove: [`x${secret}`] },
  });
  for (const asked of [{ model: `openai/${secret}` }, { overrides: { model: `openai/${secret}` } }]) {
    await assert.rejects(stage.begin(asked), /a secret of this machine stands in its name/);
  }
  await stage.ended(sessionId, runId);
  stage.store[Symbol.dispose]();
  const bytes = await Deno.readTextFile(stage.temp.path);
  assert.ok(bytes.length > 0 && !bytes.includes(secret));
  assert.ok(!JSON.stringify(ring1.told).includes(secret));
  await stage.temp.reopen();
});

test("what would run on this machine is approved in advance by its own files and at a terminal alone", async () => {
  const ring1 = scriptedWorkers((ring1, told) => told.kind === "start" && ring1.say(says("done")));
  await using stage = await runStage({
    startWorker: ring1.start,
    autopilot: "[server]\nhost_tools = true\n",
  });
  for (const autoApprove of ["all", ["run_command"]] as const) {
    await assert.rejects(
      stage.begin({ sandbox: false, overrides: { autoApprove } }),
      (error) => (error as { code: string }).code === "invalid_overrides",
    );
  }
  const stricter = ["none", []].map((autoApprove) => ({ overrides: { autoApprove } }));
  for (const asked of [...stricter, { origin: "cli", overrides: { autoApprove: "all" } }]) {
    const { sessionId, runId } = await stage.begin({ sandbox: false, ...asked as object });
    assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  }
});
