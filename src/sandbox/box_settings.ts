/**
 * What is configured for a box, judged and with every default filled in.
 *
 * @module
 */
import type { SandboxSettings } from "../config/autopilot_schema.ts";
import { boxUser, UNPRIVILEGED } from "../config/box_user.ts";
import type { StatePaths } from "../config/paths.ts";
import { isImageName, sandboxImage, shownImage } from "../config/sandbox_image.ts";
import { UserError } from "../domain/error.ts";
import type { Account } from "../host/file_access.ts";
import type { Host } from "../host/host.ts";
import { BOX_LIMITS, type BoxLimits, type PlannedMount } from "./run_argv.ts";
import { judgedMounts, writableSources } from "./judged_mounts.ts";
import { judgeOwnPrograms } from "./own_programs.ts";
import { workspaceMount } from "./workspace_mount.ts";

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
  /** Whether each session has a folder in the workspace: where that is the default one, and shared. */
  readonly sessionFolders: boolean;
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
  /** Whose the box is alone: in place of the default workspace it sees the session's folder. Absent: it is shared. */
  readonly session?: string | undefined;
  /** Folders, without links, that boxes under other profiles can write: nothing of this one may lie in them. */
  readonly writable?: readonly string[];
}

/** Looks at this machine as it is now; makes the workspace unless it is a configured one. Rejects with a `UserError`. */
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
  const whose = { paths, sandbox, account, session: parts.session };
  const workspace = await workspaceMount(host, whose, []);
  const { mounts, notes } = await judgedMounts(
    host,
    { paths, user: sandbox.user, writable: [workspace.source, ...others] },
    [...sandbox.volumes ?? [], ...profileVolumes],
  );
  const writable = [...writableSources(mounts), ...others];
  await workspaceMount(host, whose, writable);
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
    sessionFolders: sandbox.workspace === undefined && parts.session === undefined,
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
