import { z } from "zod";
import { taskTable } from "../task_texts.ts";
import { tasksOf } from "../tasks.ts";
import { defineTool, type Tool } from "../tool.ts";

export const getAllTasks: Tool = defineTool({
  name: "get_all_tasks",
  description: "Lists the background tasks: those that run, and the last that ended.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({
    view: z.string().optional().describe("Without meaning; taken because older callers send it"),
  }),
  run: (_input, { scope }) => Promise.resolve({ text: taskTable(tasksOf(scope).all()) }),
});
