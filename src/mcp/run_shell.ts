/**
 * A command of the agent in a shell of its own: what it prints, how it ended, and nothing left behind.
 *
 * @module
 */
import { commandEnvironment } from "./command_environment.ts";
import type { Host, StreamEnd, StreamOptions } from "../host/host.ts";
import { CommandNotFound } from "../host/inspection.ts";
import type { OutputLog } from "./output_log.ts";
import { terminalText } from "./terminal_text.ts";
import type { ToolScope } from "./tool.ts";

/**
 * One pipe for both streams, so that lines stay in the order in which they were printed. On the command's own
 * line, so that the shell's messages count its lines right.
 */
const ONE_PIPE = "exec 2>&1; ";
/** How long to listen to what a command has left running. */
const LINGER_MS = 5_000;

export interface ShellOptions {
  readonly command: string;
  readonly timeoutSeconds: number | undefined;
  /** Where the output goes. */
  readonly log: OutputLog;
  readonly signal: AbortSignal;
  /** Told of every piece of the output. */
  readonly onText?: (text: string) => void;
}

export interface ShellEnd {
  /** 128 + n where signal n ended it, -1 where we did. */
  readonly code: number;
  /** What is to be said of it beside its output. */
  readonly notes: readonly string[];
  readonly timedOut: boolean;
}

/**
 * Runs a command in the workspace. At the timeout its process group gets TERM, then KILL. Rejects with the
 * signal's reason when that aborts, and with what keeps it from starting; then too nothing is left running.
 */
export async function runShell(scope: ToolScope, options: ShellOptions): Promise<ShellEnd> {
  const { command, timeoutSeconds, log, signal, onText } = options;
  const { host, workspace } = scope;
  const late = new AbortController();
  const timer = timeoutSeconds === undefined
    ? undefined
    : setTimeout(() => late.abort(), timeoutSeconds * 1000);
  const printed = terminalText();
  const write = async (text: string) => {
    if (text === "") return;
    onText?.(text);
    await log.write(text);
  };
  const output = (chunk: Uint8Array) => write(printed.push(chunk));
  const argv = ["sh", "-c", ONE_PIPE + command];
  const env = commandEnvironment(host);
  try {
    const either = AbortSignal.any([signal, late.signal]);
    const options = { cwd: workspace, env, output, lingerMs: LINGER_MS };
    const { code, left } = await inOwnGroup(host, argv, options, either);
    return { code, timedOut: false, notes: left ? [LEFT] : [] };
  } catch (error) {
    if (signal.aborted || !late.signal.aborted) throw error;
    return { code: -1, timedOut: true, notes: [`Command timed out after ${timeoutSeconds} seconds`] };
  } finally {
    clearTimeout(timer);
    await write(printed.end());
  }
}

/** The program makes the group at a third of the cost. macOS does not have it, nor do the smallest images. */
async function inOwnGroup(
  host: Host,
  argv: readonly string[],
  options: StreamOptions,
  signal: AbortSignal,
): Promise<StreamEnd> {
  try {
    return await host.stream(["setsid", ...argv], { ...options, leadsGroup: true }, signal);
  } catch (error) {
    if (!(error instanceof CommandNotFound)) throw error;
    return await host.stream(argv, options, signal);
  }
}

const LEFT =
  "What the command left running was ended. Start it with run_command_task, or let it print to a file";
