/**
 * What a box may see of this machine. One set of rules for doctor, `validate` and the launch.
 *
 * Source: DESIGN §3 "writable-by-the-box rule"; cli O-12, O-46.
 *
 * @module
 */
import { mayAccess } from "../host/file_access.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import { isInside } from "../host/path_text.ts";
import { pathEnd, type PathWalk, walkPath } from "../host/walk_path.ts";
import { boxUser } from "./box_user.ts";
import { credentialPlaces } from "./credential_folders.ts";
import { forbiddenMount } from "./forbidden_mounts.ts";
import type { Mount } from "./mount_text.ts";
import type { StatePaths } from "./paths.ts";

export type MountVerdict =
  | {
    readonly verdict: "mount";
    /** Without links; for a named volume its name. */
    readonly source: string;
    /** `ro` for credentials, whatever was asked. */
    readonly access: "ro" | "rw";
    /** Whose credentials the box will be able to read: "AWS credentials". */
    readonly holds?: string;
    /** Why the box's account cannot use it: completes "is …". */
    readonly unusable?: string;
  }
  /** `reason` completes "SOURCE is …". A skipped source is not there; a refused one must not be mounted. */
  | { readonly verdict: "skip" | "refuse"; readonly reason: string };

export interface MountRules {
  readonly paths: StatePaths;
  /** `[sandbox] user`. */
  readonly user?: string | undefined;
  /** What the box may write, without links: nothing is mounted from inside one of them. */
  readonly writable?: readonly string[];
}

/** Judges one mount after following every link on the way to its source. Never rejects for what it finds. */
export async function judgeMount(
  host: Inspection,
  { paths, user, writable = [] }: MountRules,
  mount: Mount,
): Promise<MountVerdict> {
  if (mount.named) return { verdict: "mount", source: mount.host, access: mount.access };
  let walk: PathWalk;
  try {
    walk = await walkPath(host, mount.host);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    const reason = await forbiddenMount(host, paths, error.path) ?? `not usable: ${error.reason}`;
    return { verdict: "refuse", reason };
  }
  const forbidden = await forbiddenMount(host, paths, walk.end);
  if (forbidden) return { verdict: "refuse", reason: `${forbidden}, must not be mounted` };
  if (!walk.status) return { verdict: "skip", reason: "not there, it is skipped" };
  if (walk.status.kind === "other") {
    return { verdict: "refuse", reason: "a socket or a device, must not be mounted" };
  }
  const outer = enclosing(walk, writable);
  if (outer) {
    return {
      verdict: "refuse",
      reason: `inside ${outer}, which the box can write: it could put another thing there`,
    };
  }
  const holds = await credentialsIn(host, paths, walk.end);
  const access = holds ? "ro" : mount.access;
  const unusable = unusableBy(host, user, walk, access);
  return {
    verdict: "mount",
    source: walk.end,
    access,
    ...(holds ? { holds } : {}),
    ...(unusable ? { unusable } : {}),
  };
}

/** The folder a box may write that the walk passed through. The end of the walk may be such a folder itself. */
function enclosing({ steps, end }: PathWalk, writable: readonly string[]): string | undefined {
  return writable.find((folder) =>
    steps.some(({ path }) => isInside(path, folder) && !(path === end && end === folder))
  );
}

async function credentialsIn(host: Inspection, paths: StatePaths, end: string): Promise<string | undefined> {
  if (isInside(end, await pathEnd(host, paths.workspace))) return undefined;
  const held = new Set<string>();
  for (const { path, holds } of credentialPlaces(paths.home)) {
    const place = await pathEnd(host, path);
    if (isInside(end, place) || (isInside(place, end) && await exists(host, place))) held.add(holds);
  }
  return held.size > 0 ? [...held].join(", ") : undefined;
}

/** A place that this user may not look at is taken for one that is there. */
async function exists(host: Inspection, path: string): Promise<boolean> {
  try {
    return await host.linkStatus(path) !== undefined;
  } catch (error) {
    if (error instanceof PathError) return true;
    throw error;
  }
}

function unusableBy(
  host: Inspection,
  user: string | undefined,
  { status }: PathWalk,
  access: "ro" | "rw",
): string | undefined {
  const account = boxUser(host, user);
  if (!account || !status) return undefined;
  const reach = status.kind === "directory" ? ["read", "execute"] as const : ["read"] as const;
  const wanted = access === "rw" ? [...reach, "write"] as const : reach;
  if (mayAccess(status, account, wanted)) return undefined;
  const deed = mayAccess(status, account, reach) ? "writable" : "readable";
  const why = host.uid === 0 && !user ? " (you are root, and nothing in a box runs as root)" : "";
  return `not ${deed} by the box's account ${account.uid}:${account.gid}${why}`;
}
