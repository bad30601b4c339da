import assert from "node:assert/strict";
import { tasksOf } from "../../../src/mcp/tasks.ts";
import { cancelTask } from "../../../src/mcp/tools/cancel_task.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("cancel_task ends a task, keeps its record, and does so once", async () => {
  await using work = await workspace();
  const request = { command: "sleep 1000", description: undefined, timeoutSeconds: undefined };
  const task = tasksOf(work.scope).start(request)!;
  const { code, text } = await work.call(cancelTask, { task_id: task.id });
  assert.equal(code, undefined);
  assert.match(text, /^Task cancelled:\n\{/);
  assert.equal(JSON.parse(text.slice(text.indexOf("{"))).status, "Cancelled");
  assert.equal(tasksOf(work.scope).find(task.id)?.status, "Cancelled");
  assert.deepEqual(await work.call(cancelTask, { task_id: task.id }), {
    code: "CANCEL_TASK_ERROR",
    text: `Task ${task.id} has ended already: Cancelled`,
  });
});

test("cancel_task does not know other tasks", async () => {
  await using work = await workspace();
  assert.equal((await work.call(cancelTask, { task_id: "zzzzzz" })).code, "CANCEL_TASK_ERROR");
});
