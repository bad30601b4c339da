import { z } from "zod";
import { taskJson } from "../task_texts.ts";
import { tasksOf } from "../tasks.ts";
import { defineTool, type Tool } from "../tool.ts";

export const cancelTask: Tool = defineTool({
  name: "cancel_task",
  description: "Ends a background task with everything it started. What it printed can still be read.",
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({ task_id: z.string().min(1).describe("As run_command_task gave it") }),
  async run({ task_id: id }, { scope }) {
    const task = tasksOf(scope).find(id);
    if (!task) {
      return { code: "CANCEL_TASK_ERROR", text: `There is no task ${id}; get_all_tasks lists them` };
    }
    if (task.status !== "Running") {
      return { code: "CANCEL_TASK_ERROR", text: `Task ${id} has ended already: ${task.status}` };
    }
    await task.cancel();
    return { text: `Task cancelled:\n${taskJson(task)}` };
  },
});
