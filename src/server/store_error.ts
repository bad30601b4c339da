import { UserError } from "../domain/error.ts";
import { directoryOf } from "../host/path_text.ts";
import { shellWord } from "../host/shell_word.ts";

/** What the file holds is not what was written. It is left as it is. */
export class DamagedStore extends UserError {
  constructor(path: string, readonly problem: string, cause?: unknown) {
    super(`Cannot use the store ${path}: it is damaged (${problem})`, {
      hint: "see what is left of it: stakpak state check; how to go back to a backup: docs/state.md",
      cause,
    });
  }
}

interface Cause {
  readonly pattern: RegExp;
  readonly cause: string;
  hint(path: string): string;
}

const DAMAGED = /malformed|^file is not a database/;

/** By SQLite's own words, since `node:sqlite` of Deno tells no codes. */
const CAUSES: readonly Cause[] = [
  {
    pattern: /^database or disk is full/,
    cause: "the disk is full",
    hint: (path) => `make room, then do it again: df -h ${shellWord(directoryOf(path))}`,
  },
  {
    pattern: /^database (?:table )?is locked/,
    cause: "another process has held it for 5 s",
    hint: (path) => `see which one: fuser -v ${shellWord(path)}`,
  },
  {
    pattern: /^disk I\/O error/,
    cause: "the disk does not read or write it",
    hint: (path) =>
      `see whether it is full: df -h ${
        shellWord(directoryOf(path))
      }; what the system says: dmesg | tail; then: stakpak state check`,
  },
  {
    pattern: /^attempt to write a readonly database|^unable to open database file/,
    cause: "this account may not write it, or the folder around it",
    hint: (path) => `see who may: ls -la ${shellWord(directoryOf(path))}`,
  },
];

/** What went wrong with the file at `path`, in words; an error that is none of the file's is answered as it is. */
export function storeError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || (error as { code?: string }).code !== "ERR_SQLITE_ERROR") return error;
  if (DAMAGED.test(error.message)) return new DamagedStore(path, error.message, error);
  const known = CAUSES.find(({ pattern }) => pattern.test(error.message));
  if (!known) return error;
  return new UserError(`Cannot use the store ${path}: ${known.cause} (${error.message})`, {
    hint: known.hint(path),
    cause: error,
  });
}
