/**
 * The rules for a schedule's check: it runs on this machine, outside every box, as this user.
 *
 * So nobody else may be able to change it, or put another file in its place. That is judged for every folder and
 * link on the way. A folder that others can write is refused even when it is sticky like `/tmp`: anyone can make
 * the missing part of a path there first, and it is emptied at boot.
 *
 * @module
 */
import { quotedPath } from "../domain/printable.ts";
import { mayAccess } from "../host/file_access.ts";
import { type Inspection, PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { type PathStep, type PathWalk, walkPath } from "../host/walk_path.ts";
import { type BoxMount, insideWritableMount } from "./box_mounts.ts";
import { expandHome, type StatePaths } from "./paths.ts";
import type { ConfigProblem } from "./problem.ts";

/** `message` is a whole sentence that names the path; `hint` can be pasted where it is a command. */
export type CheckScriptProblem = Pick<ConfigProblem, "severity" | "message"> & { readonly hint: string };

const MOVE = "move it into a folder that only you can write, such as ~/.stakpak/checks";

/** Everything that is wrong with `script`, as written. Empty when it may run. */
export async function checkScriptProblems(
  host: Inspection,
  paths: StatePaths,
  script: string,
  mounts: readonly BoxMount[],
): Promise<CheckScriptProblem[]> {
  const path = expandHome(script, paths.home);
  const shown = quotedPath(script);
  let walk: PathWalk;
  try {
    walk = await walkPath(host, path);
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return [wrong(`The check ${shown} cannot be used: ${error.reason}`, "give an absolute path of a script")];
  }
  if (!walk.status) return [wrong(`The check ${shown} does not exist`, "create it, or correct the path")];
  if (walk.status.kind !== "file") {
    return [wrong(`The check ${shown} is no regular file, must be a script`, "give the path of a script")];
  }
  const mount = await insideWritableMount(host, path, mounts);
  return [
    ...(mount
      ? [wrong(`The check ${shown} is inside ${quotedPath(mount.path)}, which a box can write`, MOVE)]
      : []),
    ...walk.steps.flatMap((step) => exposed(host, shown, step)),
    ...(executable(host, walk) ? [] : [
      wrong(
        `The check ${shown} cannot be executed (mode ${octal(walk.status.mode)})`,
        `chmod u+x ${shellWord(walk.end)}`,
      ),
    ]),
    ...(path === script ? [] : [note(shown, walk.end)]),
  ];
}

function exposed(host: Inspection, shown: string, { path, status }: PathStep): CheckScriptProblem[] {
  if (status.uid !== undefined && status.uid !== 0 && status.uid !== host.uid) {
    return [
      wrong(
        `The check ${shown} passes ${quotedPath(path)}, which belongs to another user (uid ${status.uid})`,
        MOVE,
      ),
    ];
  }
  // The mode of a link means nothing.
  if (status.kind === "link" || ((status.mode ?? 0) & 0o022) === 0) return [];
  const who = (status.mode! & 0o002) !== 0 ? "everyone" : "its group";
  const message = `The check ${shown} passes ${quotedPath(path)}, which ${who} can change (mode ${
    octal(status.mode)
  })`;
  return [
    wrong(
      message,
      status.uid === host.uid && (status.mode! & 0o1000) === 0 ? `chmod go-w ${shellWord(path)}` : MOVE,
    ),
  ];
}

function executable(host: Inspection, { status }: PathWalk): boolean {
  if (host.uid === undefined || host.gid === undefined || status?.mode === undefined) return true;
  if (host.uid === 0) return (status.mode & 0o111) !== 0;
  return mayAccess(status, { uid: host.uid, gid: host.gid }, ["execute"]);
}

function wrong(message: string, hint: string): CheckScriptProblem {
  return { severity: "error", message, hint };
}

function note(shown: string, end: string): CheckScriptProblem {
  return {
    severity: "warning",
    message: `The check ${shown} starts with ~, which is the home folder of whoever runs autopilot`,
    hint: `write ${quotedPath(end)}`,
  };
}

function octal(mode: number | undefined): string {
  return (mode ?? 0).toString(8).padStart(4, "0");
}
