import assert from "node:assert/strict";
import type { ToolCall } from "../../src/domain/toolbox.ts";
import { calls, says, scriptedWorkers, scripts } from "../fakes/scripted_workers.ts";
import { test } from "../sanitized.ts";
import { runStage, toolResult } from "./run_stage.ts";

const does = (call: ToolCall) => Promise.resolve(toolResult(call));

test("what policy alone had approved is asked about where the profile says so by the time the run goes on", async () => {
  const ring1 = scriptedWorkers(scripts({
    hello: [calls({ c1: ["run_command"], c2: ["create"] }), says("done")],
  }));
  const config = (approve: string) =>
    `[profiles.default]\nmodel = "openai/gpt-x"\nauto_approve = [${approve}]\n`;
  await using stage = await runStage({
    startWorker: ring1.start,
    tools: { "run_command": does, create: does },
    config: config('"create"'),
  });
  const { sessionId, runId } = await stage.begin();
  await stage.waiting(sessionId, runId);
  stage.config = config("");
  await stage.runs.decide(sessionId, runId, { c1: { action: "accept" } }, "api");
  const second = () => stage.store.calls.ofTurn(runId, 1)[1]!;
  await stage.until(sessionId, () => second().state === "pending");
  await stage.waiting(sessionId, runId);
  const { verdict, rule, expiresAt } = second();
  assert.deepEqual([verdict, rule], ["ask", 'auto_approve lacks "create"']);
  assert.ok(expiresAt! > stage.temp.at);
  assert.deepEqual(stage.sent.map(({ name }) => name), ["stakpak__run_command"]);
  await stage.runs.decide(sessionId, runId, { c2: { action: "accept" } }, "api");
  assert.deepEqual((await stage.ended(sessionId, runId)).end, { stopped: "completed" });
  assert.deepEqual(stage.sent.length, 2);
});
