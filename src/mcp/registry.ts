import type { Tool } from "./tool.ts";
import { cancelTask } from "./tools/cancel_task.ts";
import { create } from "./tools/create.ts";
import { generatePassword } from "./tools/generate_password.ts";
import { getAllTasks } from "./tools/get_all_tasks.ts";
import { getTaskDetails } from "./tools/get_task_details.ts";
import { remove } from "./tools/remove.ts";
import { runCommand } from "./tools/run_command.ts";
import { runCommandTask } from "./tools/run_command_task.ts";
import { strReplace } from "./tools/str_replace.ts";
import { view } from "./tools/view.ts";
import { waitForTasks } from "./tools/wait_for_tasks.ts";

/** Every tool of the sandbox, in the order they are listed. Each is explained in `docs/tools.md`. */
export const TOOLS: readonly Tool[] = [
  runCommand,
  runCommandTask,
  getAllTasks,
  getTaskDetails,
  cancelTask,
  waitForTasks,
  view,
  create,
  strReplace,
  remove,
  generatePassword,
];
