import { UserError } from "../domain/error.ts";
import type { ToolResult } from "../domain/toolbox.ts";

/** What a command printed and how it ended, as far as `run_command` tells. */
export interface CommandResult {
  readonly output: string;
  /** The command's own; 128 + n where signal n ended it. */
  readonly code: number;
}

/** Source: `docs/tools.md`, run_command. */
const FAILED = /^COMMAND_FAILED\n(?:([^]*)\n)?Command exited with code (\d{1,3})$/;
const NOTHING = "No output";

/** Reads the result of `run_command`. Throws {@linkcode UserError} where the command did not come to its own end. */
export function commandResult({ text, isError }: ToolResult): CommandResult {
  if (!isError) return { output: text === NOTHING ? "" : text, code: 0 };
  const [whole, output = "", code] = FAILED.exec(text) ?? [];
  if (whole !== undefined) return { output, code: Number(code) };
  throw new UserError(`Cannot run the command in the sandbox: ${text}`, {
    hint: "see what the sandbox said: stakpak sandbox logs",
  });
}
