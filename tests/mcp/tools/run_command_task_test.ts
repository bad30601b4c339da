import assert from "node:assert/strict";
import { tasksOf } from "../../../src/mcp/tasks.ts";
import { runCommandTask } from "../../../src/mcp/tools/run_command_task.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("run_command_task returns while the command goes on", async () => {
  await using work = await workspace();
  const { code, text } = await work.call(runCommandTask, { command: "sleep 1000", description: "waits" });
  assert.equal(code, undefined);
  const [head, ...json] = text.split("\n");
  assert.equal(head, "Background task started:");
  const task = JSON.parse(json.join("\n"));
  assert.deepEqual([task.status, task.command, task.description], ["Running", "sleep 1000", "waits"]);
  assert.equal(tasksOf(work.scope).find(task.id)?.status, "Running");
});

test("run_command_task tells at once of what fails at once", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(runCommandTask, { command: "echo no such thing; exit 2" }), {
    code: "RUN_COMMAND_TASK_ERROR",
    text: "Task failed on start: no such thing",
  });
  assert.deepEqual(await work.call(runCommandTask, { command: "exit 3" }), {
    code: "RUN_COMMAND_TASK_ERROR",
    text: "Task failed on start: exit code 3, no output",
  });
});

test("run_command_task takes a quick success for what it is", async () => {
  await using work = await workspace();
  const { text } = await work.call(runCommandTask, { command: "echo done" });
  const task = JSON.parse(text.slice(text.indexOf("{")));
  assert.deepEqual([task.status, task.output, task.exit_code], ["Completed", "done", 0]);
});

test("run_command_task refuses a seventeenth task", async () => {
  await using work = await workspace();
  const request = { command: "sleep 1000", description: undefined, timeoutSeconds: undefined };
  for (let count = 0; count < 16; count++) tasksOf(work.scope).start(request);
  const { code, text } = await work.call(runCommandTask, { command: "true" });
  assert.equal(code, "RUN_COMMAND_TASK_ERROR");
  assert.match(text, /^16 tasks are running/);
});

test("run_command_task leaves nothing running when the call is cancelled", async () => {
  await using work = await workspace();
  const stop = new AbortController();
  const call = work.call(runCommandTask, { command: "sleep 1000" }, stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(call, { message: "enough" });
  assert.deepEqual(tasksOf(work.scope).all().map(({ status }) => status), ["Cancelled"]);
});
