/**
 * Things that were removed lie in `.stakpak/session/backups/<time>/<name>` until fifty later ones have come.
 *
 * @module
 */
import { PathError } from "../host/inspection.ts";
import { commandEnvironment } from "./command_environment.ts";
import { prune, sessionFolder, stamp } from "./session_folder.ts";
import type { ToolScope } from "./tool.ts";

const KEPT_MAX = 50;
const MESSAGE_BYTES_MAX = 4_096;

/** Where the backups are, whether or not the folder is there yet. */
export function backupsFolder({ workspace }: ToolScope): string {
  return `${workspace}/.stakpak/session/backups`;
}

/** Moves what is at `path` to the backups and says where it is now. Rejects with {@linkcode PathError}. */
export async function moveToBackups(scope: ToolScope, path: string, signal: AbortSignal): Promise<string> {
  const { host } = scope;
  const folder = await sessionFolder(scope, "backups");
  await prune(host, folder, { most: KEPT_MAX - 1 });
  const place = `${folder}/${stamp(host.now())}`;
  await host.makeFolder(place);
  const backup = `${place}/${path.slice(path.lastIndexOf("/") + 1)}`;
  if (!await host.rename(path, backup)) await moveAcross(scope, path, backup, signal);
  return backup;
}

/** To another device it has to be copied; `mv` keeps owners, modes and links. */
async function moveAcross(scope: ToolScope, from: string, to: string, signal: AbortSignal): Promise<void> {
  const decoder = new TextDecoder();
  let message = "";
  const output = (chunk: Uint8Array) => {
    message = (message + decoder.decode(chunk, { stream: true })).slice(0, MESSAGE_BYTES_MAX);
  };
  const options = { cwd: scope.workspace, env: commandEnvironment(scope.host), output, lingerMs: 1_000 };
  const { code } = await scope.host.stream(["sh", "-c", 'exec mv -- "$0" "$1"', from, to], options, signal);
  if (code !== 0) throw new PathError(from, message.trim() || `mv exited with code ${code}`);
}
