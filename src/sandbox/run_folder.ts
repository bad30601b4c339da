import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { StatePaths } from "../config/paths.ts";
import type { Inspection } from "../host/inspection.ts";

/** A path of a socket ends at 108 bytes, in some places earlier. Source: DESIGN §3. */
const SOCKET_BYTES_MAX = 90;
/** What comes behind the run folder: instance, box, and the longer of the two sockets. */
const BELOW = "/01234567/01234567/out/egress.sock";

/**
 * The folder that holds the sockets of every box of this account: `STAKPAK_RUN_DIR`, else below
 * `XDG_RUNTIME_DIR`, else in the state folder. Rejects with a `UserError` when sockets in it have too long a path.
 */
export async function runFolder(host: Inspection, paths: Pick<StatePaths, "state">): Promise<string> {
  const runtime = host.env("XDG_RUNTIME_DIR");
  const usual = runtime && await host.status(runtime) ? `${runtime}/stakpak` : `${paths.state}/run`;
  const folder = host.env("STAKPAK_RUN_DIR") || usual;
  const bytes = new TextEncoder().encode(folder + BELOW).length;
  if (folder.startsWith("/") && bytes <= SOCKET_BYTES_MAX) return folder;
  const problem = folder.startsWith("/")
    ? `sockets in ${quotedPath(folder)} have paths of ${bytes} bytes, must be at most ${SOCKET_BYTES_MAX}`
    : `the run folder is ${quotedPath(folder)}, must start with /`;
  throw new UserError(`Cannot start a sandbox: ${problem}`, {
    hint: "name a short folder of yours: export STAKPAK_RUN_DIR=/tmp/stakpak-$USER",
    exitCode: 2,
  });
}
