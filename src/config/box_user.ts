import type { Account } from "../host/file_access.ts";
import type { Inspection } from "../host/inspection.ts";

/** The account of a box whose host account is root: nothing in a box runs as root (cli O-46). */
export const UNPRIVILEGED: Account = { uid: 1000, gid: 1000 };

/**
 * The account that tools in the box run as: `[sandbox] user`, else the host's own, else {@linkcode UNPRIVILEGED}.
 * `undefined` where accounts are not mapped (Windows).
 */
export function boxUser(host: Inspection, configured: string | undefined): Account | undefined {
  if (configured) {
    const [uid, gid = uid] = configured.split(":").map(Number);
    return { uid: uid!, gid: gid! };
  }
  if (host.uid === undefined || host.gid === undefined) return undefined;
  return host.uid === 0 ? UNPRIVILEGED : { uid: host.uid, gid: host.gid };
}
