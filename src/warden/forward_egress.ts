/**
 * The box's end of its way out: programs know proxies by an address and a port, what leads out is a socket.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { directoryOf } from "../host/path_text.ts";
import { type Forward, forward } from "./forward.ts";

/** Where the way out is mounted in every box, read-only. */
export const EGRESS_SOCKET = "/run/stakpak/out/egress.sock";
/** What `HTTP_PROXY` and `HTTPS_PROXY` are in a box. */
export const EGRESS_PROXY = "http://127.0.0.1:3128";

const LISTEN = { hostname: "127.0.0.1", port: 3128 };

/**
 * Listens at `EGRESS_PROXY` and passes on to `socketPath`, where a proxy variable names that address and the socket's
 * folder is there; else `undefined`. Rejects where it cannot listen.
 */
export async function forwardEgress(host: Host, socketPath = EGRESS_SOCKET): Promise<Forward | undefined> {
  const meant = ["HTTP_PROXY", "HTTPS_PROXY"].some((name) =>
    host.env(name)?.replace(/\/$/, "") === EGRESS_PROXY
  );
  if (!meant || await host.status(directoryOf(socketPath)) === undefined) return undefined;
  return forward({ sockets: host.sockets, from: LISTEN, to: { socketPath } });
}
