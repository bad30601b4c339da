import assert from "node:assert/strict";
import { type Task, tasksOf } from "../../src/mcp/tasks.ts";
import { test } from "../sanitized.ts";
import { type Workspace, workspace } from "./workspace.ts";

function start(work: Workspace, command: string, timeoutSeconds?: number): Task | undefined {
  return tasksOf(work.scope).start({ command, description: undefined, timeoutSeconds });
}

test("tasksOf() gives one table to a scope", async () => {
  await using work = await workspace();
  await using other = await workspace();
  const task = start(work, "true")!;
  assert.match(task.id, /^[a-z0-9]{6}$/);
  assert.equal(tasksOf(work.scope).find(task.id), task);
  assert.equal(tasksOf(other.scope).find(task.id), undefined);
  await task.ended;
});

test("a task says how it ended, and keeps its output", async () => {
  await using work = await workspace();
  const cases = [["echo well", "Completed", 0, "well"], ["echo ill; exit 10", "Failed", 10, "ill"]] as const;
  for (const [command, status, exitCode, output] of cases) {
    const task = start(work, command)!;
    await task.ended;
    assert.deepEqual([task.status, task.exitCode, task.output()], [status, exitCode, output]);
  }
});

test("a task whose time is over is ended and keeps what it printed", async () => {
  await using work = await workspace();
  const task = start(work, "echo begun; sleep 1000", 1)!;
  await task.ended;
  assert.deepEqual([task.status, task.exitCode, task.output()], ["TimedOut", -1, "begun"]);
  assert.equal(task.error, "Command timed out after 1 seconds");
});

test("a task that is cancelled keeps its record, and its time stands still", async () => {
  await using work = await workspace();
  const task = start(work, "sleep 1000")!;
  assert.equal(task.status, "Running");
  await task.cancel();
  assert.equal(task.status, "Cancelled");
  assert.equal(task.durationMs, task.durationMs);
  assert.equal(tasksOf(work.scope).find(task.id), task);
});

test("tasksOf() runs 16 tasks at a time and no more", async () => {
  await using work = await workspace();
  const tasks = Array.from({ length: 16 }, () => start(work, "sleep 1000")!);
  assert.equal(start(work, "true"), undefined);
  await tasks[0]!.cancel();
  await start(work, "true")!.ended;
  assert.equal(tasksOf(work.scope).all().length, 17);
});

test("tasksOf() forgets the oldest of more than 100 that have ended", async () => {
  await using work = await workspace((host) => ({
    ...host,
    stream: () => Promise.resolve({ code: 0, left: false }),
  }));
  const first = start(work, "first")!;
  await first.ended;
  for (let count = 0; count < 101; count++) await start(work, "true")!.ended;
  assert.equal(tasksOf(work.scope).find(first.id), undefined);
  assert.equal(tasksOf(work.scope).all().length, 101);
});

test("tasks end with the server", async () => {
  const work = await workspace();
  const task = start(work, "sleep 1000")!;
  await work[Symbol.asyncDispose]();
  assert.equal(task.status, "Cancelled");
});

test("a task that cannot be started says why", async () => {
  await using work = await workspace();
  const task = start(work, "x".repeat(300_000))!;
  await task.ended;
  assert.equal(task.status, "Failed");
  assert.match(task.error!, /too long/);
});
