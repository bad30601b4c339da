import type { Tool } from "./tool.ts";
import { runCommand } from "./tools/run_command.ts";

/** Every tool of the sandbox, in the order they are listed. Each is explained in `docs/tools.md`. */
export const TOOLS: readonly Tool[] = [
  runCommand,
];
