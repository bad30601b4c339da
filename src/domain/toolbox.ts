/** What a model asks for. `input` is whatever it wrote: the tool judges it. */
export interface ToolCall {
  readonly id: string;
  /** As the toolbox lists it: `stakpak__view`. */
  readonly name: string;
  readonly input: unknown;
}

export interface ToolResult {
  readonly callId: string;
  readonly text: string;
  readonly isError: boolean;
}

/** A tool, as a model is told of it. */
export interface ToolDescription {
  /** `stakpak__view` */
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments. From the toolbox: not to be compiled or believed. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface CallOptions {
  /** Ends the call, and with it everything that the tool has started. */
  readonly signal: AbortSignal;
  /** Ends the call in the same way, with a result of its own. Absent: one hour. */
  readonly deadlineMs?: number;
  /** Told now and then what the tool is doing; never after the call has settled. */
  readonly onProgress?: (message: string) => void;
  /**
   * Whose call it is, as `sessionName()` names it: it gets the folder and the tasks of that session. Absent: those
   * that are nobody's.
   */
  readonly session?: string;
}

/** Something that can carry out tool calls: a sandbox, or a fake. `tests/suites/toolbox_suite.ts` is its contract. */
export interface Toolbox {
  /** Every tool. Rejects with {@linkcode ToolboxGone} rather than give a shorter list. */
  list(signal: AbortSignal): Promise<readonly ToolDescription[]>;
  /**
   * Carries out a call, at most once. Resolves with `isError` when the tool fails, is unknown, or the deadline
   * passes. Rejects with the signal's reason when that aborts, with {@linkcode ToolboxGone} when the toolbox
   * cannot be reached.
   */
  call(call: ToolCall, options: CallOptions): Promise<ToolResult>;
}

/** Whoever carries out the calls is not there, or went away in the middle of one. */
export class ToolboxGone extends Error {
  override readonly name = "ToolboxGone";
  /** @param mayHaveRun whether the call may have been carried out, in part or in full: nobody can say. */
  constructor(message: string, readonly mayHaveRun: boolean, cause?: unknown) {
    super(message, { cause });
  }
}
