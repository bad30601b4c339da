import assert from "node:assert/strict";
import { tasksOf } from "../../../src/mcp/tasks.ts";
import { getAllTasks } from "../../../src/mcp/tools/get_all_tasks.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("get_all_tasks lists tasks that run and that have ended", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(getAllTasks, { view: "" }), { text: "No background tasks found." });
  const start = (command: string) =>
    tasksOf(work.scope).start({ command, description: undefined, timeoutSeconds: undefined })!;
  await start("echo one").ended;
  start("sleep 1000");
  const { text } = await work.call(getAllTasks, {});
  assert.match(text, /^\| \w{6} \| Completed \| echo one \| .* \| one \|$/m);
  assert.match(text, /^\| \w{6} \| Running \| sleep 1000 \| .* \| No output \|$/m);
  assert.match(text, /\*\*Total: 2 task\(s\)\*\*$/);
});
