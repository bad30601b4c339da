import { insideWritableMount } from "../config/box_mounts.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";

/**
 * Rejects with a `UserError` where this program, or one that it finds by PATH, lies where a box can put something
 * else in its place: in one of the folders `writable`, without links. Source: DESIGN §3, the writable-by-the-box rule.
 */
export async function judgeOwnPrograms(host: Inspection, writable: readonly string[]): Promise<void> {
  const seen = writable.map((path) => ({ path, access: "rw" as const }));
  const folders = (host.env("PATH") ?? "").split(":").filter((folder) => folder.startsWith("/"));
  for (const path of folders) {
    const mount = await insideWritableMount(host, path, seen);
    if (mount) throw exposed(path, mount.path, "take it out of PATH");
  }
  for (const path of new Set([host.program.at(0), host.program.at(-1)])) {
    const mount = path === undefined ? undefined : await insideWritableMount(host, path, seen);
    if (mount) throw exposed(path!, mount.path, "install this program elsewhere, or choose another folder");
  }
}

function exposed(path: string, folder: string, hint: string): UserError {
  const where = `${quotedPath(path)} is inside ${quotedPath(folder)}, which the box can write`;
  return new UserError(`Cannot start a sandbox: ${where}: it could put a program of its own there`, {
    hint,
    exitCode: 2,
  });
}
