import { type Inspection, PathError } from "../host/inspection.ts";
import { isInside } from "../host/path_text.ts";
import { pathEnd, type PathWalk, walkPath } from "../host/walk_path.ts";
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { Profile } from "./config_schema.ts";
import { type Mount, parseMount } from "./mount_text.ts";
import { judgeMount } from "./mounts.ts";
import { expandHome, type StatePaths } from "./paths.ts";
import { type KeyPath } from "./problem.ts";

/** One line of a `volumes` list, or the workspace. */
export interface ListedMount {
  /** As written. */
  readonly text: string;
  /** `undefined` when the text is no mount. */
  readonly mount: Mount | undefined;
  readonly path: KeyPath;
}

/** The workspace first, then `[sandbox] volumes`, then each profile's `warden.volumes`. */
export function listedMounts(
  autopilot: AutopilotFile,
  profiles: Readonly<Record<string, Profile>>,
  paths: StatePaths,
): ListedMount[] {
  const workspace = autopilot.sandbox?.workspace ?? paths.workspace;
  const from = (volumes: readonly string[] | undefined, path: KeyPath) =>
    (volumes ?? []).map((text, index): ListedMount => ({
      text,
      mount: parseMount(text, paths.home),
      path: [...path, index],
    }));
  return [
    {
      text: workspace,
      mount: { host: expandHome(workspace, paths.home), container: "/workspace", access: "rw", named: false },
      path: ["sandbox", "workspace"],
    },
    ...from(autopilot.sandbox?.volumes, ["sandbox", "volumes"]),
    ...Object.entries(profiles).flatMap(([name, profile]) =>
      from(profile.warden?.volumes, ["profiles", name, "warden", "volumes"])
    ),
  ];
}

/** A place of this machine that a box sees. */
export interface BoxMount {
  /** Without links. */
  readonly path: string;
  readonly access: "ro" | "rw";
}

/**
 * What boxes see, whichever profile and session they run under. Refused and missing sources are not among it. Of the
 * folder of the sessions' workspaces each box sees a part.
 */
export async function boxMounts(
  host: Inspection,
  autopilot: AutopilotFile,
  profiles: Readonly<Record<string, Profile>>,
  paths: StatePaths,
): Promise<BoxMount[]> {
  const found: BoxMount[] = [];
  for (const { mount } of listedMounts(autopilot, profiles, paths)) {
    if (!mount || mount.named) continue;
    const judged = await judgeMount(host, { paths }, mount);
    if (judged.verdict === "mount") found.push({ path: judged.source, access: judged.access });
  }
  if (autopilot.sandbox?.workspace) return found;
  return [...found, { path: await pathEnd(host, paths.sessions), access: "rw" }];
}

/**
 * The mount through which a box could decide what `path` leads to, or `undefined`. Nothing that the supervisor
 * runs, mounts or reads as configuration or secret may have one. A path that cannot be followed has none.
 */
export async function insideWritableMount(
  host: Inspection,
  path: string,
  mounts: readonly BoxMount[],
): Promise<BoxMount | undefined> {
  const walk = await walked(host, path);
  return mounts.find((mount) =>
    mount.access === "rw" && walk?.steps.some((step) => isInside(step.path, mount.path))
  );
}

/** The mount through which a box could read what `path` leads to, or `undefined`. */
export async function insideMount(
  host: Inspection,
  path: string,
  mounts: readonly BoxMount[],
): Promise<BoxMount | undefined> {
  const walk = await walked(host, path);
  return walk && mounts.find((mount) => isInside(walk.end, mount.path));
}

async function walked(host: Inspection, path: string): Promise<PathWalk | undefined> {
  try {
    return await walkPath(host, path);
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}
