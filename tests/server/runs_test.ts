import assert from "node:assert/strict";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { test } from "../sanitized.ts";
import { runStage, toolResult } from "./run_stage.ts";

const VIEW = { view: (call: Parameters<typeof toolResult>[0]) => Promise.resolve(toolResult(call)) };

test("a run of one tool round tells everything in order, and stores the conversation", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["view", { path: "a" }] }), says("done")],
  }));
  await using stage = await runStage({ startWorker: ring1.start, tools: VIEW });
  const { sessionId, runId, cursor } = await stage.begin();
  assert.equal(cursor, 0);
  const run = await stage.ended(sessionId, runId);
  assert.deepEqual(run.end, { stopped: "completed" }, JSON.stringify(stage.log));
  assert.deepEqual(stage.names(sessionId), [
    "run_started",
    "turn_started",
    "usage_report",
    "tool_calls_proposed",
    "tool_execution_started",
    "tool_execution_completed",
    "turn_completed",
    "turn_started",
    "text_complete",
    "usage_report",
    "turn_completed",
    "run_completed",
  ]);
  assert.deepEqual(stage.store.messages.all(sessionId), [
    { role: "user", text: "hello" },
    {
      role: "assistant",
      parts: [{ type: "tool_call", call: { id: "c1", name: "stakpak__view", input: { path: "a" } } }],
    },
    { role: "tool", results: [{ callId: "c1", text: "did stakpak__view", isError: false }] },
    { role: "assistant", parts: [{ type: "text", text: "done" }] },
  ]);
  assert.equal(run.turns, 2);
});
