import { z } from "zod";
import { taskDetails } from "../task_texts.ts";
import { tasksOf } from "../tasks.ts";
import { defineTool, type Tool } from "../tool.ts";

export const getTaskDetails: Tool = defineTool({
  name: "get_task_details",
  description: "Tells how a background task is doing, its exit code and its output so far.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ task_id: z.string().min(1).describe("As run_command_task gave it") }),
  run({ task_id: id }, { scope }) {
    const task = tasksOf(scope).find(id);
    return Promise.resolve(
      task
        ? { text: taskDetails(task) }
        : { code: "TASK_NOT_FOUND", text: `There is no task ${id}; get_all_tasks lists them` },
    );
  },
});
