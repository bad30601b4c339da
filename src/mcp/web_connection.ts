/**
 * A TLS connection to a server of the internet, made where the egress proxy or we ourselves judge the address.
 *
 * @module
 */
import dns, { type LookupAddress } from "node:dns";
import net, { type LookupFunction, type Socket } from "node:net";
import tls, { type TLSSocket } from "node:tls";
import { isPublicAddress } from "../domain/address_class.ts";
import { type HttpProxy, openTunnel } from "./http_proxy.ts";
import { WebFailure } from "./web_failure.ts";

export interface WebRoute {
  /** Asked to connect, and to judge. Without one every address has to be public. */
  readonly proxy?: HttpProxy;
  /** In the place of `isPublicAddress`. */
  readonly mayReach?: (address: string) => boolean;
  /** PEM of authorities, in the place of the public ones. */
  readonly trusted?: string;
}

/**
 * Connects and shakes hands; the server shows a certificate for `hostname`. Not a byte is sent to an address that
 * may not be reached. Rejects with {@linkcode WebFailure}, or with the signal's reason.
 */
export async function connectTls(
  { hostname, port }: { readonly hostname: string; readonly port: number },
  { proxy, mayReach = isPublicAddress, trusted }: WebRoute,
  signal: AbortSignal,
): Promise<TLSSocket> {
  signal.throwIfAborted();
  if (!proxy && net.isIP(hostname) !== 0) judge(hostname, mayReach);
  const socket = proxy
    ? net.connect({ host: proxy.hostname, port: proxy.port })
    : net.connect({ host: hostname, port, lookup: judgedLookup(mayReach) });
  const onAbort = () => void socket.destroy();
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    await settled(socket, "connect");
    if (proxy) {
      await openTunnel(socket, `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`, proxy);
    } else judge(socket.remoteAddress ?? "nowhere", mayReach);
    const secure = tls.connect({
      socket,
      ALPNProtocols: ["http/1.1"],
      ...(net.isIP(hostname) === 0 && { servername: hostname }),
      ...(trusted !== undefined && { ca: trusted }),
    });
    await settled(secure, "secureConnect");
    return secure;
  } catch (error) {
    socket.on("error", () => {});
    socket.destroy();
    signal.throwIfAborted();
    if (error instanceof WebFailure) throw error;
    throw new WebFailure(
      "FAILED_TO_FETCH_WEB_PAGE",
      error instanceof Error ? error.message : String(error),
      error,
    );
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

function judge(address: string, mayReach: (address: string) => boolean): void {
  if (mayReach(address)) return;
  throw new WebFailure("FORBIDDEN_ADDRESS", `it leads to ${address}, which is no public address`);
}

/** Knocks at no address that may not be reached: a refused connection would tell who listens where. */
function judgedLookup(mayReach: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      const allowed = found?.filter(({ address }) => mayReach(address)) ?? [];
      if (error || allowed.length > 0) return callback(error, allowed);
      const where = found.map(({ address }) => address).join(", ");
      callback(new WebFailure("FORBIDDEN_ADDRESS", `it leads to ${where}, which is no public address`), []);
    });
  };
}

/** Resolves with the event; rejects with an error, or when the other side has gone. */
async function settled(socket: Socket, event: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onClose = () => reject(new Error("the connection was closed"));
  socket.once(event, resolve);
  socket.once("error", reject);
  socket.once("close", onClose);
  try {
    await promise;
  } finally {
    socket.off(event, resolve);
    socket.off("error", reject);
    socket.off("close", onClose);
  }
}
