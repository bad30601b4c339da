import { type ExitCode, UserError } from "../domain/error.ts";
import type { PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";

/** What went wrong with a path, with what helps. */
export function pathTrouble(error: PathError, exitCode: ExitCode): UserError {
  const { message, path, reason } = error;
  const full = /no space left|quota exceeded/i.test(reason);
  const hint = full
    ? `make room, then do it again: df -h ${shellWord(path.replace(/\/[^/]*$/, "") || "/")}`
    : `check the path and who may use it: ls -ld ${shellWord(path)}`;
  return new UserError(message, { hint, exitCode, cause: error });
}
