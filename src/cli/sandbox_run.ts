import { EXIT, UserError } from "../domain/error.ts";
import { ToolboxGone } from "../domain/toolbox.ts";
import { shellWord } from "../host/shell_word.ts";
import { plainText } from "../domain/plain_text.ts";
import type { SandboxSource } from "../sandbox/source.ts";
import type { Cli } from "./cli.ts";
import { commandResult } from "./command_result.ts";
import type { GlobalOptions } from "./leaf.ts";
import { openSandbox, type SandboxOptions } from "./open_sandbox.ts";

interface RunOptions extends GlobalOptions, SandboxOptions {
  readonly workdir?: string;
}

/** Exits as the command does. Rejects with {@linkcode UserError} (exit 2) when there is no sandbox to be had. */
export async function runInSandbox(cli: Cli, options: RunOptions, words: readonly string[]): Promise<number> {
  await using source = await openSandbox(cli, options);
  const { output, code } = commandResult(
    await called(source, commandLine(words, options.workdir), cli.signal),
  );
  if (output !== "") cli.terminal.show(seen(output));
  return code;
}

/** A shell runs it; the words reach the command as they were given. */
export function commandLine(words: readonly string[], workdir: string | undefined): string {
  const line = words.map(shellWord).join(" ");
  return workdir === undefined ? line : `cd -- ${shellWord(workdir)} && ${line}`;
}

async function called(source: SandboxSource, command: string, signal: AbortSignal) {
  try {
    await using lease = await source.lease("run", signal);
    return await lease.call({ id: "run", name: "stakpak__run_command", input: { command } }, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ToolboxGone)) throw error;
    const { noSandbox } = await import("../sandbox/no_sandbox.ts");
    const told = noSandbox(error.cause);
    throw told instanceof UserError
      ? told
      : new UserError(error.message, { exitCode: EXIT.failed, cause: error });
  }
}

/** What a box printed must not act on the terminal; tabs may stay. */
function seen(output: string): string {
  return output.split("\t").map((text) => plainText(text, { newlines: "keep" })).join("\t");
}
