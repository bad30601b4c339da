import assert from "node:assert/strict";
import { tasksOf } from "../../../src/mcp/tasks.ts";
import { waitForTasks } from "../../../src/mcp/tools/wait_for_tasks.ts";
import { test } from "../../sanitized.ts";
import { type Workspace, workspace } from "../workspace.ts";

function start(work: Workspace, command: string) {
  return tasksOf(work.scope).start({ command, description: undefined, timeoutSeconds: undefined })!;
}

test("wait_for_tasks waits for the tasks it is told, and tells of all", async () => {
  await using work = await workspace();
  const other = start(work, "sleep 1000");
  const [one, two] = [start(work, "exit 1"), start(work, "sleep 0.05")];
  const { code, text } = await work.call(waitForTasks, { task_ids: ` ${one.id}  ${two.id} ` });
  assert.equal(code, undefined);
  const [head, ...lines] = text.split("\n");
  assert.match(head!, /^═══ Background Tasks Update \[\d\d:\d\d:\d\d\] ═══$/);
  assert.deepEqual(lines.map((line) => line.replace(/\[\d+\.\ds\]/, "[time]")), [
    `> [FAIL] ${one.id} [time] Failed - exit 1`,
    `> [OK] ${two.id} [time] Completed - sleep 0.05`,
    `  [RUN] ${other.id} [time] Running - sleep 1000`,
  ]);
});

test("wait_for_tasks gives up at its timeout, and says now and then for whom it waits", async () => {
  await using work = await workspace();
  const task = start(work, "sleep 1000");
  const { code, text } = await work.call(waitForTasks, { task_ids: task.id, timeout: 2 });
  assert.equal(code, "AWAIT_TASKS_ERROR");
  assert.match(text, /^Task timeout\n═══/);
  assert.equal(work.progress[0], `Waiting for ${task.id}`);
  assert.equal(task.status, "Running");
});

test("wait_for_tasks stops waiting when the call is cancelled; the task goes on", async () => {
  await using work = await workspace();
  const task = start(work, "sleep 1000");
  const stop = new AbortController();
  const call = work.call(waitForTasks, { task_ids: task.id }, stop.signal);
  stop.abort(new Error("enough"));
  await assert.rejects(call, { message: "enough" });
  assert.equal(task.status, "Running");
});

test("wait_for_tasks refuses ids that are none, and no ids", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(waitForTasks, { task_ids: "zzzzzz" }), {
    code: "AWAIT_TASKS_ERROR",
    text: "Unknown tasks: zzzzzz; get_all_tasks lists them",
  });
  assert.equal((await work.call(waitForTasks, { task_ids: "  " })).code, "AWAIT_TASKS_ERROR");
});
