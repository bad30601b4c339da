import * as z from "zod";
import { newestLine } from "../newest_line.ts";
import { outputLog } from "../output_log.ts";
import { runShell } from "../run_shell.ts";
import { stallWatch } from "../stall_watch.ts";
import { shellInput } from "../shell_input.ts";
import { defineTool, type Tool, type ToolContext, type ToolOutput } from "../tool.ts";

const NAME = "run_command";

export const runCommand: Tool = defineTool({
  name: NAME,
  description:
    "Runs a shell command in the workspace and waits for its end. Nobody can answer its questions. " +
    "A long output lies whole in a file; its end is returned. What it leaves running ends with it: " +
    "use run_command_task for that.",
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
  input: z.strictObject(shellInput),
  run: ({ command, timeout }, context) => run(command, timeout, context),
});

async function run(
  command: string,
  timeoutSeconds: number | undefined,
  context: ToolContext,
): Promise<ToolOutput> {
  const { scope, signal, progress } = context;
  await using log = outputLog(scope, NAME);
  using watch = stallWatch(progress);
  const newest = newestLine();
  const onText = (text: string) => {
    watch.heard();
    const line = newest(text);
    if (line !== undefined) progress(line);
  };
  const told = (...notes: readonly string[]) =>
    [log.shown(), ...notes].filter((part) => part !== "").join("\n");
  try {
    const { code, notes } = await runShell(scope, { command, timeoutSeconds, log, signal, onText });
    if (code === 0) return { text: told(...notes) || "No output" };
    return { code: "COMMAND_FAILED", text: told(...notes, `Command exited with code ${code}`) };
  } catch (error) {
    if (signal.aborted) return { code: "COMMAND_CANCELLED", text: told("Command execution was cancelled") };
    const why = error instanceof Error ? error.message : String(error);
    return { code: "COMMAND_ERROR", text: told(`Cannot run the command: ${why}`) };
  }
}
