import assert from "node:assert/strict";
import { tasksOf } from "../../../src/mcp/tasks.ts";
import { getTaskDetails } from "../../../src/mcp/tools/get_task_details.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("get_task_details tells of a task and its output", async () => {
  await using work = await workspace();
  const request = { command: "seq 1 1000; exit 4", description: undefined, timeoutSeconds: undefined };
  const task = tasksOf(work.scope).start(request)!;
  await task.ended;
  const { text } = await work.call(getTaskDetails, { task_id: task.id });
  assert.match(text, /^\*\*Status\*\*: Failed$/m);
  assert.match(text, /^\*\*Exit Code\*\*: 4$/m);
  assert.match(text, /^Showing the last 300 \/ 1000 output lines. Full output saved to /m);
});

test("get_task_details does not know other tasks", async () => {
  await using work = await workspace();
  const { code } = await work.call(getTaskDetails, { task_id: "zzzzzz" });
  assert.equal(code, "TASK_NOT_FOUND");
});
