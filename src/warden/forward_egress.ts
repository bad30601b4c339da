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

/** What programs in a box are told, in both ways of writing. */
export const PROXY_VARIABLES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    HTTP_PROXY: EGRESS_PROXY,
    HTTPS_PROXY: EGRESS_PROXY,
    NO_PROXY: "localhost,127.0.0.1,::1",
  }).flatMap(([name, value]) => [[name, value], [name.toLowerCase(), value]]),
);

/**
 * Listens at `EGRESS_PROXY` and passes on to `socketPath`: where a proxy variable names that address and the socket's
 * folder is there, since the supervisor opens it beside the box. Else `undefined`. Rejects where it cannot listen.
 */
export async function forwardEgress(host: Host, socketPath = EGRESS_SOCKET): Promise<Forward | undefined> {
  const names = ["HTTP_PROXY", "HTTPS_PROXY"];
  const meant = names.some((name) => host.env(name)?.replace(/\/$/, "") === EGRESS_PROXY);
  return meant ? await openWayOut(host, socketPath, directoryOf(socketPath)) : undefined;
}

/** The same where `sign` is there, whatever the variables say. */
export async function openWayOut(
  host: Host,
  socketPath = EGRESS_SOCKET,
  sign = socketPath,
): Promise<Forward | undefined> {
  if (await host.status(sign) === undefined) return undefined;
  return forward({ sockets: host.sockets, from: LISTEN, to: { socketPath } });
}
