/**
 * What is configured for a box, judged and with every default filled in.
 *
 * @module
 */
import type { SandboxSettings } from "../config/autopilot_schema.ts";
import { boxUser, UNPRIVILEGED } from "../config/box_user.ts";
import { judgeMount } from "../config/mounts.ts";
import { expandHome, type StatePaths } from "../config/paths.ts";
import { isImageName, sandboxImage, shownImage } from "../config/sandbox_image.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Account } from "../host/file_access.ts";
import type { Host } from "../host/host.ts";
import { BOX_LIMITS, type BoxLimits, type PlannedMount } from "./run_argv.ts";
import { judgedMounts, writableSources } from "./judged_mounts.ts";
import { judgeOwnPrograms } from "./own_programs.ts";

export interface BoxSettings {
  readonly image: string;
  readonly account: Account;
  readonly limits: BoxLimits;
  /** The workspace first. */
  readonly mounts: readonly PlannedMount[];
  /** Who starts the box and guards its way out: we do, the `warden` on PATH does, or it has no way out. */
  readonly warden: "builtin" | "external" | "none";
  /** Whose tools run: this program's, or the image's. */
  readonly binary: "self" | "image";
  /** Where the box may connect, under the built-in warden. */
  readonly egress: readonly string[];
  /** Variables that are handed on to commands. */
  readonly handedOn: Readonly<Record<string, string>>;
  /** One sentence each, for people. */
  readonly notes: readonly string[];
}

export interface SettingsParts {
  readonly paths: StatePaths;
  readonly sandbox: SandboxSettings | undefined;
  /** `warden.volumes` of the profiles that share the box. */
  readonly profileVolumes?: readonly string[];
  /** `--image`. */
  readonly image?: string | undefined;
  /** `--allow`, on top of `egress`. */
  readonly allow?: readonly string[];
  readonly profile?: string;
  /** Folders, without links, that boxes under other profiles can write: nothing of this one may lie in them. */
  readonly writable?: readonly string[];
}

/** Looks at this machine as it is now; makes the default workspace. Rejects with a `UserError`. */
export async function boxSettings(host: Host, parts: SettingsParts): Promise<BoxSettings> {
  const { paths, sandbox = {}, profileVolumes = [], allow = [], writable: others = [] } = parts;
  const image = parts.image ?? sandboxImage(host, { sandbox });
  if (!isImageName(image)) {
    throw cannot(
      `its image is ${shownImage(image)}, must be an image name`,
      "name one: debian:bookworm-slim",
    );
  }
  const account = boxUser(host, sandbox.user) ?? UNPRIVILEGED;
  const workspace = await workspaceMount(host, paths, sandbox, account, []);
  const { mounts, notes } = await judgedMounts(
    host,
    { paths, user: sandbox.user, writable: [workspace.source, ...others] },
    [...sandbox.volumes ?? [], ...profileVolumes],
  );
  const writable = [...writableSources(mounts), ...others];
  await workspaceMount(host, paths, sandbox, account, writable);
  await judgeOwnPrograms(host, [workspace.source, ...writable]);
  return {
    image,
    account,
    limits: boxLimits(sandbox),
    mounts: [workspace, ...mounts],
    warden: sandbox.warden ?? "builtin",
    binary: sandbox.binary ?? "self",
    egress: [...sandbox.egress ?? [], ...allow],
    handedOn: handedOn(host, parts.profile),
    notes,
  };
}

/** What is configured, else the design's. */
export function boxLimits({ memory, cpus, pids }: SandboxSettings): BoxLimits {
  return {
    memory: memory ?? BOX_LIMITS.memory,
    cpus: cpus ?? BOX_LIMITS.cpus,
    pids: pids ?? BOX_LIMITS.pids,
  };
}

async function workspaceMount(
  host: Host,
  paths: StatePaths,
  { workspace, user }: SandboxSettings,
  account: Account,
  writable: readonly string[],
): Promise<PlannedMount> {
  const path = expandHome(workspace ?? paths.workspace, paths.home);
  if (!workspace && !await host.status(path)) {
    await host.makeFolder(path);
    if (host.uid === 0) await host.give(path, 0o700, account);
  }
  const mount = { host: path, container: "/workspace", access: "rw", named: false } as const;
  const verdict = await judgeMount(host, { paths, user, writable }, mount);
  const shown = quotedPath(path);
  if (verdict.verdict !== "mount") {
    throw cannot(
      `its workspace ${shown} is ${verdict.reason}`,
      "set workspace under [sandbox] in autopilot.toml",
    );
  }
  if (verdict.unusable) {
    const give = `chown -R ${account.uid}:${account.gid} ${verdict.source}`;
    throw cannot(`its workspace ${shown} is ${verdict.unusable}`, give);
  }
  if (verdict.holds) throw cannot(`its workspace ${shown} holds ${verdict.holds}`, "choose another folder");
  return { source: verdict.source, target: "/workspace", access: "rw", label: "shared" };
}

/** An address with a password in it stays here. */
function handedOn(host: Host, profile: string | undefined): Record<string, string> {
  const endpoint = host.env("STAKPAK_API_ENDPOINT");
  return {
    ...profile ? { STAKPAK_PROFILE: profile } : {},
    ...endpoint && !endpoint.includes("@") ? { STAKPAK_API_ENDPOINT: endpoint } : {},
  };
}

function cannot(why: string, hint: string): UserError {
  return new UserError(`Cannot start a sandbox: ${why}`, { hint, exitCode: 2 });
}
