/**
 * `<workspace>/.stakpak/session`, where the tools keep whole outputs, and backups of what was removed. What is
 * kept there has the time in its name; the oldest goes when there is too much of it.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { isInside } from "../host/path_text.ts";
import { walkPath } from "../host/walk_path.ts";
import type { ToolScope } from "./tool.ts";

/** The folder, or one in it, made if need be. Rejects with {@linkcode PathError}. */
export async function sessionFolder({ host, workspace }: ToolScope, name?: string): Promise<string> {
  const session = `${workspace}/.stakpak/session`;
  const folder = name === undefined ? session : `${session}/${name}`;
  const { end } = await walkPath(host, folder);
  if (!isInside(end, workspace)) throw new PathError(folder, "it leads outside the workspace");
  await host.makeFolder(folder);
  // Nobody wants this in a commit.
  await host.createFile(`${session}/.gitignore`, "*\n");
  return folder;
}

/** A name that sorts by time: `20261122T120000123Z-1a2b3c4d`. */
export function stamp(now: Date): string {
  return `${now.toISOString().replace(/[-:.]/g, "")}-${crypto.randomUUID().slice(0, 8)}`;
}

const STAMP = /\d{8}T\d{9}Z-[0-9a-f]{8}/;
/** More of a folder is not looked at. */
const MAX_ENTRIES = 10_000;

export interface Keep {
  readonly most: number;
  /** Of files; what a folder holds is not counted. */
  readonly mostBytes?: number;
  /** Paths that are in use. */
  readonly inUse?: ReadonlySet<string>;
}

/** Removes the oldest of what has a stamp in `folder` until the rest is no more than `keep`. Other names stay. */
export async function prune(host: Host, folder: string, keep: Keep): Promise<void> {
  const { most, mostBytes = Infinity, inUse } = keep;
  const found = (await host.entries(folder, MAX_ENTRIES))
    .map(({ name }) => ({ path: `${folder}/${name}`, stamp: STAMP.exec(name)?.[0] }))
    .filter(({ path, stamp }) => stamp !== undefined && !inUse?.has(path))
    .sort((a, b) => a.stamp! < b.stamp! ? 1 : -1);
  let bytes = 0;
  for (const [index, { path }] of found.entries()) {
    const status = await host.linkStatus(path);
    bytes += status?.kind === "file" ? status.size : 0;
    if (index >= most || bytes > mostBytes) await host.remove(path);
  }
}
