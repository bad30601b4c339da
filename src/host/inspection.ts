/**
 * The machine, as the rest of the program is allowed to see it.
 *
 * Everything that differs between a laptop, a CI runner and a test goes through here. `Inspection` can only
 * look; `Host` can also act. A test that passes a `fakeHost` has replaced the whole machine.
 *
 * @module
 */

export type OperatingSystem = "linux" | "darwin" | "windows";

/** What a finished command left behind. A non-zero `code` is data, not an error. Each stream is cut at 64 KiB. */
export interface CommandOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The owner, mode and kind of a path. `uid`, `gid` and `mode` are absent on Windows. */
export interface FileStatus {
  readonly kind: "file" | "directory" | "link" | "other";
  readonly size: number;
  /** When its contents were last changed; absent where the file system does not say. */
  readonly modified?: Date;
  /** Permission bits, as in `chmod`: 0o600. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** One name in a folder; `kind` is that of the name itself, so a link is a link. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: FileStatus["kind"];
}

/** Totals of the machine, in bytes. */
export interface Memory {
  readonly totalBytes: number;
  readonly swapBytes: number;
}

/** Whether a TCP address can be listened on right now. */
export type ListenAnswer =
  | { readonly free: true }
  | { readonly free: false; readonly reason: "in_use" | "privileged" | "not_local" | "bad_address" };

/** An answer to an HTTP GET. `body` is parsed JSON, or `undefined` when it is not JSON. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Looks at the machine and changes nothing on it. */
export interface Inspection {
  readonly os: OperatingSystem;
  readonly arch: "x86_64" | "aarch64";
  /** The kernel's release, as in `uname -r`. */
  readonly kernel: string;
  /** The account we run as; `undefined` on Windows. */
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** The command line that starts this program again, without its arguments. */
  readonly program: readonly string[];

  /** Answers `undefined` for a name that is unset or that the permission table does not grant. */
  env(name: string): string | undefined;
  now(): Date;
  memory(): Memory;
  /** Memory that this process holds, in bytes. */
  residentBytes(): number;

  /**
   * Runs `argv` to completion with a closed stdin and a clean environment, in a process group of its own.
   *
   * Rejects with {@linkcode CommandNotFound} when the program is missing. When `signal` aborts it ends the whole
   * group (TERM, then KILL) and rejects with the signal's reason, at most a second later. Never rejects because
   * of the exit code.
   */
  run(argv: readonly string[], signal?: AbortSignal): Promise<CommandOutput>;

  /**
   * Reads a UTF-8 file of at most 8 MiB. Resolves to `undefined` when it does not exist.
   * Rejects with {@linkcode PathError} when it cannot be read or is not a regular file.
   */
  readText(path: string): Promise<string | undefined>;
  /**
   * The bytes of a regular file, chunk by chunk, however long it is. Rejects with {@linkcode PathError}, also
   * when it does not exist.
   */
  readChunks(path: string): AsyncIterable<Uint8Array>;
  /** What is in a folder, by name; no more than `most` of it. Rejects with {@linkcode PathError}. */
  entries(folder: string, most: number): Promise<FolderEntry[]>;
  /** Follows links. Resolves to `undefined` when nothing is there; rejects with {@linkcode PathError}. */
  status(path: string): Promise<FileStatus | undefined>;
  /** Does not follow the last link. */
  linkStatus(path: string): Promise<FileStatus | undefined>;
  /** What a link says, unresolved, or `undefined` when nothing is there. Rejects for what is not a link. */
  linkTarget(path: string): Promise<string | undefined>;
  /** The path with every link resolved, or `undefined` when it does not exist. */
  realPath(path: string): Promise<string | undefined>;

  /** The IP addresses of this machine's interfaces, as they are now. */
  ownAddresses(): readonly string[];
  /** Binds `hostname:port` and lets go again. */
  canListen(hostname: string, port: number): Promise<ListenAnswer>;
  /** GET over plain HTTP, ignoring proxies and redirects. `undefined` when nobody answers. */
  getJson(url: string, signal: AbortSignal): Promise<HttpAnswer | undefined>;
}

/** The program named by `argv[0]` is not on PATH. */
export class CommandNotFound extends Error {
  override readonly name = "CommandNotFound";
  constructor(readonly program: string) {
    super(`Cannot run "${program}": not found on PATH`);
  }
}

/** The system starts no more processes for us: a limit of our own, or of the box that we are in, is reached. */
export class NoRoomForProcess extends Error {
  override readonly name = "NoRoomForProcess";
  constructor(readonly program: string, cause: unknown) {
    super(`Cannot run "${program}": there are too many processes`, { cause });
  }
}

/** A path that exists but cannot be used; `reason` completes "Cannot read PATH: …". */
export class PathError extends Error {
  override readonly name = "PathError";
  constructor(readonly path: string, readonly reason: string, cause?: unknown) {
    super(`Cannot use ${path}: ${reason}`, { cause });
  }
}

/** A lock that another process has. */
export class LockHeld extends PathError {
  constructor(path: string) {
    super(path, "another stakpak command is editing this folder's files");
  }
}
