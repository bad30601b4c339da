/**
 * What was listed for a box, judged now: what is mounted, what is left out, and what must not be.
 *
 * @module
 */
import { type Mount, parseMount } from "../config/mount_text.ts";
import { judgeMount, type MountRules, type MountVerdict } from "../config/mounts.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import type { PlannedMount } from "./run_argv.ts";

export interface JudgedMounts {
  readonly mounts: readonly PlannedMount[];
  /** One sentence each: a source that is not there, credentials that the box will be able to read. */
  readonly notes: readonly string[];
}

/** Where the box has its own: nothing may be mounted over these. */
const OURS = ["/", "/workspace", "/run/stakpak", "/opt/stakpak", "/tmp", "/home/box"];

/**
 * `volumes` as a user lists them, `HOST:CONTAINER[:ro]`. Rejects with a `UserError` that names the first that must
 * not be mounted.
 */
export async function judgedMounts(
  host: Inspection,
  rules: MountRules,
  volumes: readonly string[],
): Promise<JudgedMounts> {
  const mounts = new Map<string, PlannedMount>();
  const notes: string[] = [];
  const taken: Mount[] = [];
  for (const text of volumes) {
    const mount = parseMount(text, rules.paths.home);
    if (!mount) throw refused(text, "not a mount: it must be HOST:CONTAINER or HOST:CONTAINER:ro");
    const target = plainTarget(mount.container);
    if (!target || OURS.includes(target) || OURS.some((own) => own !== "/" && target.startsWith(`${own}/`))) {
      throw refused(mount.host, `listed for ${quotedPath(mount.container)}, which belongs to the box itself`);
    }
    const verdict = await judgeMount(host, rules, mount);
    if (verdict.verdict !== "mount") {
      if (verdict.verdict === "refuse") throw refused(mount.host, verdict.reason);
      notes.push(`${quotedPath(mount.host)} is ${verdict.reason}`);
      continue;
    }
    taken.push(mount);
    notes.push(...notesOn(mount, verdict));
    // As with docker, a place is one thing; the first who named it wins, as in the seed's defaults.
    if (!mounts.has(target)) mounts.set(target, planned(mount, target, verdict));
  }
  // Again, now that it is known what else the box can write: all of it may have been there before.
  const writable = [...rules.writable ?? [], ...writableSources([...mounts.values()])];
  for (const mount of taken) {
    const verdict = await judgeMount(host, { ...rules, writable }, mount);
    if (verdict.verdict === "refuse") throw refused(mount.host, verdict.reason);
  }
  return { mounts: [...mounts.values()], notes };
}

/** The folders of this machine, among `mounts`, that the box can write. */
export function writableSources(mounts: readonly PlannedMount[]): string[] {
  return mounts.filter(({ access, named }) => access === "rw" && !named).map(({ source }) => source);
}

type Verdict = Extract<MountVerdict, { verdict: "mount" }>;

function planned({ named }: Mount, target: string, { source, access }: Verdict): PlannedMount {
  return { source, target, access, ...named ? { named } : {} };
}

function notesOn({ host }: Mount, { holds, unusable }: Verdict): string[] {
  const shown = quotedPath(host);
  return [
    ...holds ? [`${shown} holds ${holds}: the box can read it, and not write`] : [],
    ...unusable ? [`${shown} is ${unusable}`] : [],
  ];
}

/** Without `.`, `..` and double slashes; `undefined` where it has `..`. */
function plainTarget(container: string): string | undefined {
  const parts = container.split("/").filter((part) => part !== "" && part !== ".");
  return parts.includes("..") ? undefined : `/${parts.join("/")}`;
}

function refused(source: string, reason: string): UserError {
  return new UserError(`Cannot start a sandbox: volume ${quotedPath(source)} is ${reason}`, {
    hint: "correct volumes under [sandbox] in autopilot.toml, or under the profile's warden in config.toml",
    exitCode: 2,
  });
}
