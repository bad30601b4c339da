/**
 * A machine described by a table.
 *
 * A program that no command line names is not installed. A command line that is not in the table throws, and
 * `unused()` names lines that nobody ran. It passes the same suite as the real host (`tests/suites/host_suite.ts`).
 *
 * @module
 */
import type { Account, HeldLock, Host, OutputFile, StreamEnd, StreamOptions } from "../../src/host/host.ts";
import {
  CommandNotFound,
  type CommandOutput,
  type FileStatus,
  type FolderEntry,
  type HttpAnswer,
  type ListenAnswer,
  LockHeld,
  type Memory,
  PathError,
} from "../../src/host/inspection.ts";
import { lineReader, type ReadBytes } from "../../src/host/line_reader.ts";

/** A file: its text, or its text with owner and mode. `link` names the target of a link. */
export type FakeFile = string | (Partial<FileStatus> & { text?: string; link?: string; unreadable?: true });

export interface FakeMachine {
  readonly os?: Host["os"];
  readonly arch?: Host["arch"];
  readonly kernel?: string;
  readonly uid?: number | undefined;
  readonly program?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: string;
  readonly memory?: Memory;
  /** By full line; `"hang"` never answers. */
  readonly commands?: Readonly<Record<string, Partial<CommandOutput> | "hang">>;
  readonly files?: Readonly<Record<string, FakeFile>>;
  /** By `host:port`; an address that is not named is free. */
  readonly listen?: Readonly<Record<string, ListenAnswer>>;
  /** By URL; a URL that is not named does not answer. */
  readonly http?: Readonly<Record<string, HttpAnswer | "hang">>;
  readonly stdin?: string;
  readonly columns?: number;
  readonly terminal?: boolean;
}

export interface FakeHost extends Host {
  readonly ran: string[];
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The text of a file now, or `undefined`. */
  fileText(path: string): string | undefined;
  /** Every file written since the machine was made, by path. */
  written(): Record<string, string>;
  /** Command lines of the table that were never run. */
  unused(): string[];
}

export function fakeHost(machine: FakeMachine = {}): FakeHost {
  const files = new Map(Object.entries(machine.files ?? {}));
  const uid = "uid" in machine ? machine.uid : 1000;
  const env = { HOME: "/home/ada", USER: "ada", PATH: "/usr/bin:/bin", ...machine.env };
  const ran: string[] = [];
  const out: string[] = [];
  const err: string[] = [];
  const dropped = new Set<string>();
  const commands = commandTable(machine.commands ?? {}, ran);
  return {
    os: machine.os ?? "linux",
    arch: machine.arch ?? "x86_64",
    kernel: machine.kernel ?? "6.1.0-18-amd64",
    uid,
    gid: uid,
    program: machine.program ?? ["/usr/local/bin/stakpak"],
    env: (name) => (env as Record<string, string>)[name],
    now: () => new Date(machine.now ?? "2026-11-22T12:00:00Z"),
    residentBytes: () => 64 * 1024 ** 2,
    memory: () => machine.memory ?? { totalBytes: 8 * 1024 ** 3, swapBytes: 2 * 1024 ** 3 },
    run: commands.run,
    async stream(argv, { output, errors = output }: StreamOptions, signal): Promise<StreamEnd> {
      const { code, stdout, stderr } = await commands.run(argv, signal);
      await output(new TextEncoder().encode(stdout));
      await errors(new TextEncoder().encode(stderr));
      return { code, left: false };
    },
    ...fakeFiles(files, uid ?? 0),
    ownAddresses: () => ["127.0.0.1", "::1"],
    canListen: (hostname, port) => Promise.resolve(machine.listen?.[`${hostname}:${port}`] ?? { free: true }),
    getJson: (url, signal) => answer(machine.http?.[url], signal),
    attach: async (argv) => (await commands.run(argv)).code,
    standBy: () => ({ [Symbol.asyncDispose]: () => Promise.resolve() }),
    // These have to be real: tests of what they do take the real host.
    fetch: () => Promise.reject(new Error("Cannot fake a request")),
    startWorker: () => {
      throw new Error("Cannot fake a worker");
    },
    sockets: {
      listen: () => {
        throw new Error("Cannot fake a socket");
      },
      connect: () => Promise.reject(new Error("Cannot fake a socket")),
    },
    drop: (grant) => Promise.resolve(void dropped.add(JSON.stringify(grant))),
    holds: (grant) => Promise.resolve(!dropped.has(JSON.stringify(grant))),
    console: {
      outIsTerminal: machine.terminal ?? false,
      errIsTerminal: machine.terminal ?? false,
      inIsTerminal: machine.terminal ?? false,
      columns: machine.columns ?? 80,
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      readIn: () => Promise.resolve(machine.stdin ?? ""),
      readLine: lineReader(typed(machine.stdin ?? "")),
    },
    ran,
    stdout: () => out.join(""),
    stderr: () => err.join(""),
    fileText: (path) => textOf(files.get(path)),
    written: () =>
      Object.fromEntries(
        [...files].filter(([path, file]) => file !== machine.files?.[path]).map((
          [path, file],
        ) => [path, textOf(file) ?? ""]),
      ),
    unused: commands.unused,
  };
}

function commandTable(table: Readonly<Record<string, Partial<CommandOutput> | "hang">>, ran: string[]) {
  const programs = new Set(Object.keys(table).map((line) => line.split(" ")[0]));
  return {
    run(argv: readonly string[], signal?: AbortSignal): Promise<CommandOutput> {
      const line = argv.join(" ");
      ran.push(line);
      const output = table[line];
      if (output === "hang") return answer<CommandOutput>("hang", signal ?? new AbortController().signal);
      if (output) return Promise.resolve({ code: 0, stdout: "", stderr: "", ...output });
      if (!programs.has(argv[0]!)) return Promise.reject(new CommandNotFound(argv[0]!));
      return Promise.reject(new Error(`Cannot fake "${line}": add it to the machine's commands`));
    },
    unused: () => Object.keys(table).filter((line) => !ran.includes(line)),
  };
}

function answer<T>(value: T | "hang" | undefined, signal: AbortSignal): Promise<T> {
  if (value !== "hang") return Promise.resolve(value as T);
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function textOf(file: FakeFile | undefined): string | undefined {
  return typeof file === "string" ? file : file?.text;
}

function fakeFiles(files: Map<string, FakeFile>, uid: number) {
  const held = new Set<string>();
  const follow = (path: string): string => {
    const file = files.get(path);
    return typeof file === "object" && file.link ? follow(file.link) : path;
  };
  const isFolder = (path: string) =>
    [...files.keys()].some((name) => name.startsWith(`${path}/`)) || path === "/";
  const isKnown = (path: string) => files.has(path) || isFolder(path);
  const linkStatus = (path: string): Promise<FileStatus | undefined> => {
    const file = files.get(path);
    if (!isKnown(path)) return Promise.resolve(undefined);
    const folder = file === undefined;
    const given = typeof file === "object" ? file : {};
    const { text = "", link, unreadable: _, ...rest } = given;
    const kind = link ? "link" : folder ? "directory" : "file";
    const size = typeof file === "string" ? file.length : text.length;
    return Promise.resolve({
      kind,
      size,
      mode: folder ? 0o700 : 0o600,
      uid: path.startsWith("/home/") ? uid : 0,
      gid: 0,
      ...rest,
    });
  };
  const readText = (path: string): Promise<string | undefined> => {
    const file = files.get(follow(path));
    if (file === undefined) {
      return isFolder(path)
        ? Promise.reject(new PathError(path, "it is a folder, must be a file"))
        : Promise.resolve(undefined);
    }
    if (typeof file === "object" && file.unreadable) {
      return Promise.reject(new PathError(path, "permission denied"));
    }
    return Promise.resolve(textOf(file) ?? "");
  };
  return {
    linkStatus,
    status: (path: string) => linkStatus(follow(path)),
    linkTarget(path: string): Promise<string | undefined> {
      const file = files.get(path);
      if (typeof file === "object" && file.link) return Promise.resolve(file.link);
      return isKnown(path)
        ? Promise.reject(new PathError(path, "it is not a link"))
        : Promise.resolve(undefined);
    },
    realPath: async (path: string) => await linkStatus(follow(path)) ? follow(path) : undefined,
    readText,
    async *readChunks(path: string): AsyncGenerator<Uint8Array> {
      const text = await readText(path);
      if (text === undefined) throw new PathError(path, "it is not there");
      yield new TextEncoder().encode(text);
    },
    async entries(folder: string, most: number): Promise<FolderEntry[]> {
      if (!isFolder(folder)) throw new PathError(folder, "it is no folder");
      const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
      const names = [...new Set(below.map((path) => path.slice(folder.length + 1).split("/")[0]!))].sort();
      return await Promise.all(
        names.slice(0, most).map(async (name) => ({
          name,
          kind: (await linkStatus(`${folder}/${name}`))!.kind,
        })),
      );
    },
    createFile(path: string, text: string): Promise<boolean> {
      if (isKnown(path)) return Promise.resolve(false);
      files.set(path, { text, mode: 0o644 });
      return Promise.resolve(true);
    },
    rewriteFile(path: string, text: string): Promise<void> {
      const target = follow(path);
      const before = files.get(target);
      if (before === undefined) return Promise.reject(new PathError(path, "it is not a regular file"));
      files.set(target, typeof before === "object" ? { ...before, text } : text);
      return Promise.resolve();
    },
    append(path: string, text: string): Promise<void> {
      if (isFolder(path)) return Promise.reject(new PathError(path, "it is a folder"));
      const target = follow(path);
      const before = files.get(target);
      const given = typeof before === "object" ? before : {};
      files.set(target, { mode: 0o600, ...given, text: (textOf(before) ?? "") + text });
      return Promise.resolve();
    },
    give(path: string, mode: number, owner?: Account): Promise<void> {
      const target = follow(path);
      const before = files.get(target);
      if (before === undefined) return Promise.reject(new PathError(path, "it is not there"));
      files.set(target, { ...(typeof before === "object" ? before : { text: before }), mode, ...owner });
      return Promise.resolve();
    },
    makeFolder: () => Promise.resolve(),
    rename(from: string, to: string): Promise<boolean> {
      if (!isKnown(from)) return Promise.reject(new PathError(from, "it is not there"));
      for (const [path, file] of [...files]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        files.delete(path);
        files.set(to + path.slice(from.length), file);
      }
      return Promise.resolve(true);
    },
    remove(path: string): Promise<void> {
      for (const name of [...files.keys()]) {
        if (name === path || name.startsWith(`${path}/`)) files.delete(name);
      }
      return Promise.resolve();
    },
    removeEmpty(folder: string): Promise<boolean> {
      const file = files.get(folder);
      const empty = typeof file === "object" && file.kind === "directory" && !isFolder(folder);
      return Promise.resolve(empty && files.delete(folder));
    },
    replaceFile(path: string, text: string): Promise<void> {
      if (isFolder(path)) return Promise.reject(new PathError(path, "it is a folder"));
      const target = follow(path);
      const before = files.get(target);
      files.set(target, { ...(typeof before === "object" ? before : {}), text, mode: 0o600 });
      return Promise.resolve();
    },
    lock: async (path: string, signal: AbortSignal): Promise<HeldLock> => {
      while (held.has(path)) {
        if (signal.aborted) throw new LockHeld(path);
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      held.add(path);
      return {
        sign: (text) => Promise.resolve(void files.set(path, `1 ${text}\n`)),
        [Symbol.asyncDispose]: () => Promise.resolve(void held.delete(path)),
      };
    },
    openOutput(path: string): Promise<OutputFile> {
      let text = "";
      return Promise.resolve({
        write: (more) => Promise.resolve(void files.set(path, text += more)),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      });
    },
  };
}

/** Stdin with that text. */
function typed(text: string): ReadBytes {
  let left = new TextEncoder().encode(text);
  return (buffer) => {
    const count = Math.min(left.length, buffer.length);
    buffer.set(left.subarray(0, count));
    left = left.subarray(count);
    return Promise.resolve(count === 0 ? null : count);
  };
}
