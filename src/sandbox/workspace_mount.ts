/**
 * What a box sees at `/workspace`: the folder that is configured, the one that all sessions share, or its session's.
 *
 * @module
 */
import type { SandboxSettings } from "../config/autopilot_schema.ts";
import { judgeMount } from "../config/mounts.ts";
import { expandHome, type StatePaths } from "../config/paths.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Account } from "../host/file_access.ts";
import type { Host } from "../host/host.ts";
import { shellWord } from "../host/shell_word.ts";
import { pathEnd } from "../host/walk_path.ts";
import type { PlannedMount } from "./run_argv.ts";
import { sessionFolder } from "./session_folder.ts";

export interface WorkspaceParts {
  readonly paths: StatePaths;
  readonly sandbox: Pick<SandboxSettings, "workspace" | "user">;
  readonly account: Account;
  /** Whose the box is alone. Absent: it is shared. */
  readonly session?: string | undefined;
}

/**
 * Makes the folder unless it is a configured one. Rejects with a `UserError` where it must not be mounted, or is of no
 * use to the box.
 * @param writable folders, without links, that boxes can write: it must not lie in one
 */
export async function workspaceMount(
  host: Host,
  parts: WorkspaceParts,
  writable: readonly string[],
): Promise<PlannedMount> {
  const { paths, sandbox: { workspace, user }, account } = parts;
  const own = workspace === undefined ? await ownFolder(host, parts) : undefined;
  const path = own ?? expandHome(workspace ?? paths.workspace, paths.home);
  if (own || (!workspace && !await host.status(path))) {
    await host.makeFolder(path);
    if (host.uid === 0) await host.give(path, 0o700, account);
  }
  const mount = { host: path, container: "/workspace", access: "rw", named: false } as const;
  // Of the sessions' folders a box sees its own, and that alone.
  const rules = own
    ? { paths: { ...paths, workspace: path }, user, writable: await without(host, writable, paths.sessions) }
    : { paths, user, writable };
  const verdict = await judgeMount(host, rules, mount);
  const shown = quotedPath(path);
  if (verdict.verdict !== "mount") {
    const choose = "set workspace under [sandbox] in autopilot.toml";
    if (verdict.verdict === "refuse") throw cannot(`its workspace ${shown} is ${verdict.reason}`, choose);
    // What is not shown in the message is not shown below it.
    const make = shown === `"${path}"` ? `mkdir -p ${shellWord(path)}` : choose;
    throw cannot(`its workspace ${shown} is not there`, make);
  }
  if (verdict.unusable) {
    const give = `chown -R ${account.uid}:${account.gid} ${shellWord(verdict.source)}`;
    throw cannot(`its workspace ${shown} is ${verdict.unusable}`, give);
  }
  if (verdict.holds) throw cannot(`its workspace ${shown} holds ${verdict.holds}`, "choose another folder");
  return { source: verdict.source, target: "/workspace", access: "rw", label: own ? "private" : "shared" };
}

/** Not made yet. No box can write beside it; a link that is there all the same is not followed. */
async function ownFolder(host: Host, { paths, session }: WorkspaceParts): Promise<string | undefined> {
  if (session === undefined) return undefined;
  const folder = await sessionFolder(paths, session);
  const place = await pathEnd(host, paths.state) + folder.slice(paths.state.length);
  if (await pathEnd(host, folder) === place) return folder;
  const places = [paths.sessions, folder].map(shellWord).join(" ");
  throw cannot("the folder of its session is behind a link, which must not be", `ls -ld ${places}`);
}

async function without(host: Host, folders: readonly string[], path: string): Promise<string[]> {
  const end = await pathEnd(host, path);
  return folders.filter((folder) => folder !== end);
}

function cannot(why: string, hint: string): UserError {
  return new UserError(`Cannot start a sandbox: ${why}`, { hint, exitCode: 2 });
}
