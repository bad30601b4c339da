/**
 * Tasks as the tools tell of them.
 *
 * @module
 */
import type { Task, TaskStatus } from "./tasks.ts";

const CELL_CHARACTERS = 100;
const COMMAND_CHARACTERS = 30;

/** One task whole, as pretty JSON. `pause_info` is for the sake of the Rust implementation's readers. */
export function taskJson(task: Task): string {
  const secs = Math.floor(task.durationMs / 1000);
  return JSON.stringify(
    {
      id: task.id,
      status: task.status,
      command: task.command,
      description: task.description ?? null,
      output: task.output() || "No output",
      start_time: task.started.toISOString(),
      duration: { secs, nanos: Math.round((task.durationMs - secs * 1000) * 1e6) },
      exit_code: task.exitCode ?? null,
      error: task.error ?? null,
      pause_info: null,
    },
    null,
    2,
  );
}

/** `get_all_tasks`: a table in Markdown. */
export function taskTable(tasks: readonly Task[]): string {
  if (tasks.length === 0) return "No background tasks found.";
  const rows = tasks.map((task) =>
    [
      task.id,
      task.status,
      cell(task.command),
      dateText(task.started),
      seconds(task),
      cell(task.output() || "No output"),
    ].join(" | ")
  );
  return [
    "# Background Tasks",
    "",
    "| Task ID | Status | Command | Start Time | Duration | Output |",
    "|---------|--------|---------|------------|----------|--------|",
    ...rows.map((row) => `| ${row} |`),
    "",
    `**Total: ${tasks.length} task(s)**`,
  ].join("\n");
}

/** `get_task_details`. */
export function taskDetails(task: Task): string {
  return [
    `# Task Details: ${task.id}`,
    "",
    `**Status**: ${task.status}`,
    `**Task ID**: ${task.id}`,
    `**Started**: ${dateText(task.started)}`,
    `**Duration**: ${seconds(task)}`,
    ...(task.exitCode === undefined ? [] : [`**Exit Code**: ${task.exitCode}`]),
    ...(task.error === undefined ? [] : [`**Error**: ${task.error}`]),
    "",
    "## Output:",
    "",
    task.output() || "No output",
  ].join("\n");
}

const MARK: Readonly<Record<TaskStatus, string>> = {
  Running: "[RUN]",
  Completed: "[OK]",
  Failed: "[FAIL]",
  Cancelled: "[STOP]",
  TimedOut: "[LATE]",
};

/** `wait_for_tasks`: every task, with `>` before those that were waited for. */
export function taskUpdate(tasks: readonly Task[], awaited: ReadonlySet<string>, now: Date): string {
  const lines = tasks.map((task) =>
    `${awaited.has(task.id) ? ">" : " "} ${MARK[task.status]} ${task.id} [${
      seconds(task)
    }] ${task.status} - ` +
    cut(task.command, COMMAND_CHARACTERS)
  );
  return [`═══ Background Tasks Update [${now.toISOString().slice(11, 19)}] ═══`, ...lines].join("\n");
}

function cell(text: string): string {
  return cut(text, CELL_CHARACTERS).replaceAll("|", "\\|");
}

/** One line, and no more of it than that. */
function cut(text: string, most: number): string {
  const line = text.replace(/\s+/g, " ").trim();
  const characters = [...line.slice(0, 2 * most + 2)];
  return characters.length > most ? `${characters.slice(0, most).join("")}...` : line;
}

function seconds(task: Task): string {
  return `${(task.durationMs / 1000).toFixed(1)}s`;
}

function dateText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
