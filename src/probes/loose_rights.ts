import { shortPath } from "../config/paths.ts";
import { quotedPath } from "../domain/printable.ts";
import { type FileStatus, PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import type { ProbeContext } from "./probe.ts";

export interface LooseRights {
  /** Path, actual and wanted mode or owner. */
  readonly line: string;
  /** Takes rights away from others; absent when the path cannot be looked at. */
  readonly command?: string;
}

/** What others may do with a file or folder that only this user should; empty when nothing, or nothing is there. */
export async function looseRights(
  { host, paths }: Pick<ProbeContext, "host" | "paths">,
  path: string,
): Promise<LooseRights[]> {
  const shown = shortPath(path, paths.home);
  let status: FileStatus | undefined;
  try {
    status = await host.status(path);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return [{ line: `${quotedPath(shown)}: ${error.reason}` }];
  }
  if (!status) return [];
  if (status.uid !== undefined && status.uid !== host.uid) {
    return [{
      line: `${shown} belongs to uid ${status.uid}, must be yours`,
      command: `sudo chown "$(id -u)" ${shellWord(path)}`,
    }];
  }
  const mode = status.mode ?? 0;
  if ((mode & 0o077) === 0) return [];
  // Only takes away: a file that its owner may not write stays so.
  const kept = (mode & (status.kind === "directory" ? 0o700 : 0o600)).toString(8).padStart(3, "0");
  const line = `${shown} has mode ${mode.toString(8).padStart(4, "0")}, must be 0${kept}`;
  return [{ line, command: `chmod ${kept} ${shellWord(path)}` }];
}
