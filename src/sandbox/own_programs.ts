import { insideWritableMount } from "../config/box_mounts.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";

/** Why programs must not be run. */
export interface Exposure {
  /** Which one, and where it is; one clause. */
  readonly why: string;
  readonly hint: string;
}

/**
 * Whether this program, or one that it finds by PATH, lies where a box can put something else in its place: in one of
 * the folders `writable`, without links. Source: DESIGN §3, the writable-by-the-box rule.
 */
export async function exposedPrograms(
  host: Inspection,
  writable: readonly string[],
): Promise<Exposure | undefined> {
  const seen = writable.map((path) => ({ path, access: "rw" as const }));
  for (const path of await programFolders(host)) {
    const mount = await insideWritableMount(host, path, seen);
    if (mount) return exposed(path, mount.path, "take it out of PATH");
  }
  for (const path of new Set([host.program.at(0), host.program.at(-1)])) {
    const mount = path === undefined ? undefined : await insideWritableMount(host, path, seen);
    if (mount) return exposed(path!, mount.path, "install this program elsewhere, or choose another folder");
  }
  return undefined;
}

/** Rejects with a `UserError` where {@linkcode exposedPrograms} finds one: to be asked before the first program is run. */
export async function judgeOwnPrograms(host: Inspection, writable: readonly string[]): Promise<void> {
  const found = await exposedPrograms(host, writable);
  if (found) throw new UserError(`Cannot run docker: ${found.why}`, { hint: found.hint, exitCode: 2 });
}

/** Those of PATH. A relative one, and an empty one, begin where we are. */
async function programFolders(host: Inspection): Promise<string[]> {
  const here = await host.realPath(".");
  return (host.env("PATH") ?? "").split(":").flatMap((folder) =>
    folder.startsWith("/") ? [folder] : here === undefined ? [] : [`${here}/${folder}`]
  );
}

function exposed(path: string, folder: string, hint: string): Exposure {
  const where = `${quotedPath(path)} is inside ${quotedPath(folder)}, which the box can write`;
  return { why: `${where}: it could put a program of its own there`, hint };
}
