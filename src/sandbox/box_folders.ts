/**
 * The two folders through which a box and this machine meet. Source: DESIGN §3.
 *
 * @module
 */
import type { Account } from "../host/file_access.ts";
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { UserError } from "../domain/error.ts";

/** Disposing removes them. */
export interface BoxFolders extends AsyncDisposable {
  /** The box makes its socket here, and may put anything else in its place. */
  readonly in: string;
  /** Ours, which the box sees read-only. */
  readonly out: string;
  readonly mcpSocket: string;
  readonly egressSocket: string;
}

/** Where the box sees them. */
export const BOX_IN = "/run/stakpak/in";
export const BOX_OUT = "/run/stakpak/out";
export const MCP_SOCKET = "mcp.sock";
export const EGRESS_SOCKET = "egress.sock";

/** Makes `folder` with `in` and `out`, mode 0700, owned by the box's account. */
export async function makeBoxFolders(host: Host, folder: string, account: Account): Promise<BoxFolders> {
  const [inside, outside] = [`${folder}/in`, `${folder}/out`];
  const owner = host.uid === account.uid && host.gid === account.gid ? undefined : account;
  const remove = () => host.remove(folder);
  try {
    for (const place of [inside, outside]) {
      await host.makeFolder(place);
      await host.give(place, 0o700, owner);
    }
  } catch (error) {
    await remove();
    if (owner && host.uid !== 0 && error instanceof PathError) throw cannotGive(host, account, error);
    throw error;
  }
  return {
    in: inside,
    out: outside,
    mcpSocket: `${inside}/${MCP_SOCKET}`,
    egressSocket: `${outside}/${EGRESS_SOCKET}`,
    [Symbol.asyncDispose]: remove,
  };
}

function cannotGive(host: Host, { uid, gid }: Account, cause: PathError): UserError {
  return new UserError(
    `Cannot start a sandbox: its account is ${uid}:${gid}, and only root may give it folders; must be ${host.uid}:${host.gid}`,
    { hint: "remove user under [sandbox] in autopilot.toml", exitCode: 2, cause },
  );
}
