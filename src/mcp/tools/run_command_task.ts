import { z } from "zod";
import { shellInput } from "../shell_input.ts";
import { taskJson } from "../task_texts.ts";
import { TASKS_RUNNING_MAX, tasksOf } from "../tasks.ts";
import { defineTool, type Tool, type ToolOutput } from "../tool.ts";

/** What fails at once is told at once. */
const START_MS = 300;

export const runCommandTask: Tool = defineTool({
  name: "run_command_task",
  description: "Starts a shell command in the workspace and returns its task id while it goes on. " +
    "Ask get_task_details, wait_for_tasks and cancel_task about it. It ends with the sandbox.",
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input: z.strictObject(shellInput),
  async run({ command, description, timeout }, { scope, signal }) {
    signal.throwIfAborted();
    const task = tasksOf(scope).start({ command, description, timeoutSeconds: timeout });
    if (!task) return failure(`${TASKS_RUNNING_MAX} tasks are running: wait for one, or cancel one`);
    await settled(task.ended, signal);
    if (signal.aborted) {
      await task.cancel();
      throw signal.reason;
    }
    if (task.status === "Failed") {
      const why = [task.output(), task.error ?? ""].filter((part) => part !== "").join("\n");
      return failure(`Task failed on start: ${why || `exit code ${task.exitCode}, no output`}`);
    }
    return { text: `Background task started:\n${taskJson(task)}` };
  },
});

function failure(text: string): ToolOutput {
  return { code: "RUN_COMMAND_TASK_ERROR", text };
}

/** Waits for the end, for {@linkcode START_MS}, or for the signal. */
async function settled(ended: Promise<void>, signal: AbortSignal): Promise<void> {
  const enough = Promise.withResolvers<void>();
  const timer = setTimeout(enough.resolve, START_MS);
  signal.addEventListener("abort", () => enough.resolve(), { once: true });
  await Promise.race([ended, enough.promise]);
  clearTimeout(timer);
}
