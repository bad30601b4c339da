/**
 * A folder that nobody else can change. Whoever could would put links in the place of what is made in it, and have
 * another folder given to a box, or, where this program runs as root, made his own.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Host } from "../host/host.ts";
import type { FileStatus } from "../host/inspection.ts";
import { type PathStep, walkPath } from "../host/walk_path.ts";

const STICKY = 0o1000;

/** Makes the run folder where there is none. Rejects with a `UserError` where another account can change it. */
export async function makePrivateFolder(host: Host, folder: string): Promise<void> {
  // Before as well: what is made in a folder of somebody else's is made where he wants.
  await judge(host, folder);
  await host.makeFolder(folder);
  await judge(host, folder);
}

async function judge(host: Host, folder: string): Promise<void> {
  const { steps, end } = await walkPath(host, folder);
  for (const step of steps) {
    const why = step.path === end ? whyOpen(host, step.status) : whyMovable(host, step);
    if (why !== undefined) throw changeable(folder, step.path, why);
  }
}

function changeable(folder: string, place: string, why: string): UserError {
  const since = `other accounts can change it, since ${quotedPath(place)} ${why}`;
  return new UserError(`Cannot use the run folder ${quotedPath(folder)}: ${since}`, {
    hint: "name one that is yours alone: mkdir -m 700 ~/.stakpak-run; export STAKPAK_RUN_DIR=~/.stakpak-run",
    exitCode: 2,
  });
}

function whyOpen(host: Host, status: FileStatus): string | undefined {
  if (status.uid !== undefined && status.uid !== host.uid) {
    return `belongs to uid ${status.uid}, must be yours`;
  }
  return writableByOthers(host, status);
}

/** On the way there, what is root's is as good, and so is a folder where everybody may move his own things alone. */
function whyMovable(host: Host, { status }: PathStep): string | undefined {
  if (status.uid !== undefined && status.uid !== 0 && status.uid !== host.uid) {
    return `belongs to uid ${status.uid}, must be yours or root's`;
  }
  const isShared = ((status.mode ?? 0) & STICKY) !== 0;
  return status.kind === "link" || isShared ? undefined : writableByOthers(host, status);
}

/** Our own group is taken for ours alone, as most systems make it. */
function writableByOthers(host: Host, { mode = 0, gid }: FileStatus): string | undefined {
  const byGroup = (mode & 0o020) !== 0 && gid !== 0 && gid !== host.gid;
  if ((mode & 0o002) === 0 && !byGroup) return undefined;
  return `has mode 0${mode.toString(8)}, must not be writable by ${byGroup ? "its group" : "others"}`;
}
