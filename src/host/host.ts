import type { Inspection } from "./inspection.ts";
import type { Sockets } from "./sockets.ts";
import type { StartWorker } from "./worker.ts";

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
  /**
   * Holds an OS lock on `path` until disposed; waits for the present holder until `signal` aborts, then `LockHeld`; where it cannot be locked at all with another `PathError`.
   */
  lock(path: string, signal: AbortSignal): Promise<HeldLock>;
  /**
   * Runs `argv` with stdin closed, in a process group of its own, and hands on what it prints while it runs: it
   * waits while `output` does, so that memory stays bounded however much it prints. Resolves when it has ended
   * and its output too; what it left running may hold that open for `lingerMs` and is then ended.
   *
   * When `signal` aborts it ends the whole group (TERM, then KILL), hands on what came until then, and rejects
   * with the signal's reason, at most a second later. Rejects with what `output` rejects with, and with
   * {@linkcode CommandNotFound} or {@linkcode NoRoomForProcess}. Once it has settled `output` is not called any more.
   */
  stream(argv: readonly string[], options: StreamOptions, signal?: AbortSignal): Promise<StreamEnd>;
  /**
   * Makes a file and the folders above it, with the account's usual modes. `false` when something is there
   * already, a dangling link too. Rejects with {@linkcode PathError}.
   */
  createFile(path: string, text: string): Promise<boolean>;
  /** As `replaceFile`, and keeps the mode that the file had. Rejects when there is no file. */
  rewriteFile(path: string, text: string): Promise<void>;
  /** Makes a folder and those above it, mode 0700, unless it is there. */
  makeFolder(path: string): Promise<void>;
  /**
   * Gives what is at `from` the new path `to`; a link itself, not its target. `false` when `to` is on another
   * device. Rejects with {@linkcode PathError}.
   */
  rename(from: string, to: string): Promise<boolean>;
  /** Removes a file or link, or a folder with all that is in it. Nothing there is fine. */
  remove(path: string): Promise<void>;
  /** Removes a folder that nothing is in. `false` where something is in it, or where there is none: a link is none. */
  removeEmpty(folder: string): Promise<boolean>;
  /** Opens `path` for writing now, so that it can be written after write permission is gone. */
  openOutput(path: string): Promise<OutputFile>;
  /** Gives up one grant for the rest of the process. */
  drop(grant: Grant): Promise<void>;
  /** Whether a grant is still held. */
  holds(grant: Grant): Promise<boolean>;

  /**
   * Writes `text` behind what is in the file, in one step: what several processes append does not mix. Makes the
   * file, mode 0600, and the folders above it, 0700. Rejects with {@linkcode PathError}.
   */
  append(path: string, text: string): Promise<void>;
  /** Gives a path this mode and, where it is named, this owner. Rejects with {@linkcode PathError}. */
  give(path: string, mode: number, owner?: Account): Promise<void>;
  /**
   * Runs `argv` on our own streams, in our own process group, with our own environment and `env` on top, and hands on
   * to it the signals that come to us alone; those of a terminal come to it by themselves. Resolves to its exit
   * code, 128 + n where signal n ended it. Rejects with {@linkcode CommandNotFound}.
   */
  attach(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<number>;

  /**
   * Keeps a shell in wait with which commands are ended also where there is no room for another process: a command
   * may have taken all of it. Disposing lets it go.
   */
  standBy(): AsyncDisposable;

  /**
   * As the global `fetch`. Over plain http it connects to the address itself: a proxy of the environment would read
   * what is said, keys too. Over https a proxy only passes it on.
   */
  fetch(url: string, init: RequestInit): Promise<Response>;

  readonly startWorker: StartWorker;
  readonly sockets: Sockets;
  readonly console: Console;
}

export interface HeldLock extends AsyncDisposable {
  /** Writes our process id and `text` into the locked file: for whoever cannot have it. True as long as it is locked. */
  sign(text: string): Promise<void>;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface StreamOptions {
  readonly cwd: string;
  /** All of the environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A piece of stdout or stderr, in the order in which they came. */
  output(chunk: Uint8Array): void | Promise<void>;
  /** In its place for stderr, where the two are to be told apart. */
  errors?(chunk: Uint8Array): void | Promise<void>;
  /** How long to wait for the end of the output after the command's own end. */
  readonly lingerMs: number;
  /**
   * `argv` makes the process group itself and leads it (`setsid …`). Cheaper than ours, which forks: that
   * copies the page tables of this process, 1 ms for every 10 MB. Absent: we make it.
   */
  readonly leadsGroup?: boolean;
  /** When `signal` aborts, `argv` itself is asked to end by SIGINT first, and has so long for it. Absent: it is not. */
  readonly interruptMs?: number;
}

export interface StreamEnd {
  /** 128 + n where signal n ended it. */
  readonly code: number;
  /** Whether something it had started was still printing, and was ended. */
  readonly left: boolean;
}

/** A file opened before the permission to open one was dropped. */
export interface OutputFile extends AsyncDisposable {
  /** Writes all of `text` behind what it has written before. Rejects with {@linkcode PathError}: a full disk. */
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
  /** The first `maxBytes` of stdin; absent: 1 MiB. */
  readIn(maxBytes?: number): Promise<string>;
  /**
   * The next line of stdin, without its end; `undefined` when there is none any more. Rejects with the signal's reason
   * when that aborts: what was typed by then is the next caller's.
   */
  readLine(signal: AbortSignal): Promise<string | undefined>;
}

/** The reader of our output has gone (`| head`); the program ends quietly. */
export class BrokenPipe extends Error {
  override readonly name = "BrokenPipe";
}
