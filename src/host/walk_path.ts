/**
 * Follows a path the way the kernel does and says every place it passed.
 *
 * `realPath` only names the end. Whoever may change one of the places in between (a folder, or a link on the
 * way) decides where the path leads tomorrow, so those are what has to be judged.
 *
 * @module
 */
import { type FileStatus, type Inspection, PathError } from "./inspection.ts";
import { directoryOf } from "./path_text.ts";

export interface PathStep {
  /** Absolute, its folders free of links. */
  readonly path: string;
  readonly status: FileStatus;
}

export interface PathWalk {
  /** From the root to the end, links included. */
  readonly steps: readonly PathStep[];
  /** Where the path leads, without links; also when nothing is there. */
  readonly end: string;
  /** `undefined` when nothing is there. */
  readonly status: FileStatus | undefined;
}

/** As the kernel counts them. */
const MAX_LINKS = 40;

/** Walks an absolute `path`. Rejects with {@linkcode PathError}: not absolute, a loop, no permission to look. */
export async function walkPath(host: Inspection, path: string): Promise<PathWalk> {
  const start = partsOf(path, host.os);
  if (!start) throw new PathError(path, "it is relative, must start with /");
  let names = start.names;
  let end = start.root;
  let status = await host.linkStatus(end);
  const steps: PathStep[] = status ? [{ path: end, status }] : [];
  for (let links = 0; names.length > 0;) {
    const name = names.shift()!;
    if (name === "" || name === ".") continue;
    if (name === "..") {
      end = directoryOf(end);
      if (status) status = await host.linkStatus(end);
      continue;
    }
    const place = end.endsWith("/") ? `${end}${name}` : `${end}/${name}`;
    const found = status && await host.linkStatus(place);
    if (found) steps.push({ path: place, status: found });
    if (found?.kind !== "link") {
      end = place;
      status = found;
      continue;
    }
    if (++links > MAX_LINKS) throw new PathError(path, "its links form a loop");
    const target = await host.linkTarget(place) ?? "";
    const absolute = partsOf(target, host.os);
    if (absolute) {
      end = absolute.root;
      status = await host.linkStatus(end);
    }
    names = [...absolute?.names ?? target.split("/"), ...names];
  }
  return { steps, end, status };
}

/** Where `path` leads, as far as this user may look: the path itself when it cannot be followed. */
export async function pathEnd(host: Inspection, path: string): Promise<string> {
  try {
    return (await walkPath(host, path)).end;
  } catch (error) {
    if (error instanceof PathError) return path;
    throw error;
  }
}

function partsOf(path: string, os: Inspection["os"]): { root: string; names: string[] } | undefined {
  const text = os === "windows" ? path.replaceAll("\\", "/") : path;
  const drive = os === "windows" ? /^[A-Za-z]:(?=\/)/.exec(text)?.[0] ?? "" : "";
  return text.startsWith(`${drive}/`)
    ? { root: `${drive}/`, names: text.slice(drive.length).split("/") }
    : undefined;
}
