import assert from "node:assert/strict";
import { taskDetails, taskJson, taskTable, taskUpdate } from "../../src/mcp/task_texts.ts";
import type { Task } from "../../src/mcp/tasks.ts";
import { test } from "../sanitized.ts";

const NOW = new Date("2026-11-22T12:00:09Z");

function task(parts: Partial<Task> = {}): Task {
  return {
    id: "abc123",
    command: "make",
    description: undefined,
    started: new Date("2026-11-22T12:00:00Z"),
    status: "Completed",
    durationMs: 1_250.5,
    exitCode: 0,
    error: undefined,
    output: () => "built",
    ended: Promise.resolve(),
    cancel: () => Promise.resolve(),
    ...parts,
  };
}

test("taskJson() has the fields of the contract", () => {
  assert.deepEqual(JSON.parse(taskJson(task({ description: "builds" }))), {
    id: "abc123",
    status: "Completed",
    command: "make",
    description: "builds",
    output: "built",
    start_time: "2026-11-22T12:00:00.000Z",
    duration: { secs: 1, nanos: 250_500_000 },
    exit_code: 0,
    error: null,
    pause_info: null,
  });
  assert.equal(JSON.parse(taskJson(task({ output: () => "" }))).output, "No output");
});

test("taskTable() keeps cells to one line of 100 characters, pipes escaped", () => {
  assert.equal(taskTable([]), "No background tasks found.");
  const table = taskTable([task({ command: "a |\nb", output: () => "𝄞".repeat(101) })]);
  assert.deepEqual(table.split("\n"), [
    "# Background Tasks",
    "",
    "| Task ID | Status | Command | Start Time | Duration | Output |",
    "|---------|--------|---------|------------|----------|--------|",
    `| abc123 | Completed | a \\| b | 2026-11-22 12:00:00 UTC | 1.3s | ${"𝄞".repeat(100)}... |`,
    "",
    "**Total: 1 task(s)**",
  ]);
});

test("taskDetails() says what is known of a task", () => {
  assert.equal(
    taskDetails(task({ status: "TimedOut", exitCode: -1, error: "Command timed out after 1 seconds" })),
    "# Task Details: abc123\n\n**Status**: TimedOut\n**Task ID**: abc123\n" +
      "**Started**: 2026-11-22 12:00:00 UTC\n**Duration**: 1.3s\n**Exit Code**: -1\n" +
      "**Error**: Command timed out after 1 seconds\n\n## Output:\n\nbuilt",
  );
  const running = taskDetails(task({ status: "Running", exitCode: undefined, output: () => "" }));
  assert.doesNotMatch(running, /Exit Code|Error/);
  assert.match(running, /\nNo output$/);
});

test("taskUpdate() marks the tasks that were waited for", () => {
  const other = task({ id: "def456", status: "Running", command: "x".repeat(31) });
  assert.equal(
    taskUpdate([task(), other], new Set(["abc123"]), NOW),
    "═══ Background Tasks Update [12:00:09] ═══\n> [OK] abc123 [1.3s] Completed - make\n" +
      `  [RUN] def456 [1.3s] Running - ${"x".repeat(30)}...`,
  );
});
