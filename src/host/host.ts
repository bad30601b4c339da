import type { Inspection } from "./inspection.ts";

/** One grant of the permission table, as `Host.drop` takes it: `{ name: "run", value: "docker" }`. */
export interface Grant {
  readonly name: "read" | "write" | "net" | "env" | "run" | "sys";
  /** One entry of the grant; absent means all of it. */
  readonly value?: string;
}

/** Looks at the machine and acts on it. */
export interface Host extends Inspection {
  /**
   * Replaces `path` by `text` in one step, mode 0600: a reader sees the old bytes or the new ones, also after
   * a power cut. A link stays a link; its target is replaced. Missing folders are made, mode 0700.
   * Rejects with {@linkcode PathError}.
   */
  replaceFile(path: string, text: string): Promise<void>;
  /** Holds an OS lock on `path` until disposed; waits for the present holder until `signal` aborts. */
  lock(path: string, signal: AbortSignal): Promise<AsyncDisposable>;
  /** Opens `path` for writing now, so that it can be written after write permission is gone. */
  openOutput(path: string): Promise<OutputFile>;
  /** Gives up one grant for the rest of the process. */
  drop(grant: Grant): Promise<void>;
  /** Whether a grant is still held. */
  holds(grant: Grant): Promise<boolean>;

  readonly console: Console;
}

/** A file opened before the permission to open one was dropped. */
export interface OutputFile extends AsyncDisposable {
  /** Writes all of `text` from the start of the file. Rejects with {@linkcode PathError}: a full disk. */
  write(text: string): Promise<void>;
}

/** The three standard streams. `cli/terminal.ts` is the only user. */
export interface Console {
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  readonly inIsTerminal: boolean;
  /** Columns of the terminal; 80 when there is none. */
  readonly columns: number;
  /** Writes to stdout. Throws {@linkcode BrokenPipe} when nobody reads any more, else `UserError`: a full disk. */
  out(text: string): void;
  /** Writes to stderr; a closed stderr is ignored. */
  err(text: string): void;
  /** All of stdin, at most 1 MiB. */
  readIn(): Promise<string>;
}

/** The reader of our output has gone (`| head`); the program ends quietly. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}
