/**
 * Commands that go on while the agent does something else. They end with the server, or when it forgets their session.
 *
 * @module
 */
import { outputLog } from "./output_log.ts";
import { runShell } from "./run_shell.ts";
import type { ToolScope } from "./tool.ts";

export type TaskStatus = "Running" | "Completed" | "Failed" | "Cancelled" | "TimedOut";

export interface Task {
  /** Six of `a-z0-9`. */
  readonly id: string;
  readonly command: string;
  readonly description: string | undefined;
  readonly started: Date;
  readonly status: TaskStatus;
  /** Until its end, or until now. */
  readonly durationMs: number;
  /** Absent while it runs, and where it could not be started. */
  readonly exitCode: number | undefined;
  /** What its exit code does not say. */
  readonly error: string | undefined;
  /** So far, as {@linkcode outputLog} shows it. */
  output(): string;
  /** Settles when it has ended. Never rejects. */
  readonly ended: Promise<void>;
  /** Ends it with everything it started; its record stays. */
  cancel(): Promise<void>;
}

export interface TaskRequest {
  readonly command: string;
  readonly description: string | undefined;
  readonly timeoutSeconds: number | undefined;
}

export interface TaskTable {
  /** Every task that runs, and the last that ended; oldest first. */
  all(): readonly Task[];
  find(id: string): Task | undefined;
  /** Starts a task; `undefined` when {@linkcode TASKS_RUNNING_MAX} are running. */
  start(request: TaskRequest): Task | undefined;
}

export const TASKS_RUNNING_MAX = 16;
/** Of those that have ended; the oldest are forgotten. */
const TASKS_ENDED_MAX = 100;

const TABLES = new WeakMap<ToolScope, TaskTable>();

/** The one table of a session. */
export function tasksOf(scope: ToolScope): TaskTable {
  const table = TABLES.get(scope) ?? makeTable(scope);
  TABLES.set(scope, table);
  return table;
}

function makeTable(scope: ToolScope): TaskTable {
  const tasks = new Map<string, Task>();
  const running = () => [...tasks.values()].filter(({ status }) => status === "Running");
  scope.onStop(async () => void await Promise.all(running().map((task) => task.cancel())));
  return {
    all: () => [...tasks.values()],
    find: (id) => tasks.get(id),
    start(request) {
      if (running().length >= TASKS_RUNNING_MAX) return undefined;
      let id = newId();
      while (tasks.has(id)) id = newId();
      const task = startTask(scope, id, request);
      tasks.set(id, task);
      const ended = [...tasks.values()].filter(({ status }) => status !== "Running");
      for (const { id } of ended.slice(0, -TASKS_ENDED_MAX)) tasks.delete(id);
      return task;
    },
  };
}

function startTask(scope: ToolScope, id: string, request: TaskRequest): Task {
  const { command, description, timeoutSeconds } = request;
  const start = performance.now();
  const stop = new AbortController();
  const log = outputLog(scope, "run_command_task");
  const now: { -readonly [Key in "status" | "exitCode" | "error"]?: Task[Key] } & { endMs?: number } = {};

  const run = async () => {
    await using _log = log;
    try {
      const end = await runShell(scope, { command, timeoutSeconds, log, signal: stop.signal });
      now.status = end.timedOut ? "TimedOut" : end.code === 0 ? "Completed" : "Failed";
      now.exitCode = end.code;
      if (end.notes.length > 0) now.error = end.notes.join("\n");
    } catch (error) {
      now.status = stop.signal.aborted ? "Cancelled" : "Failed";
      if (!stop.signal.aborted) now.error = error instanceof Error ? error.message : String(error);
    }
    now.endMs = performance.now();
  };
  const ended = run();
  return {
    id,
    command,
    description,
    started: scope.host.now(),
    get status() {
      return now.status ?? "Running";
    },
    get durationMs() {
      return (now.endMs ?? performance.now()) - start;
    },
    get exitCode() {
      return now.exitCode;
    },
    get error() {
      return now.error;
    },
    output: () => log.shown(),
    ended,
    async cancel() {
      stop.abort();
      await ended;
    },
  };
}

function newId(): string {
  const characters = "abcdefghijklmnopqrstuvwxyz0123456789";
  const random = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(random, (byte) => characters[byte % characters.length]).join("");
}
