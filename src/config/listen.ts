/** A TCP address to listen on. */
export interface ListenAddress {
  readonly hostname: string;
  readonly port: number;
}

export const DEFAULT_LISTEN = "127.0.0.1:4096";

const UNSPECIFIED: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "::": "::1" };

/** `127.0.0.1:4096`, `localhost:4096`, `[::1]:4096`; `undefined` when it is none of these. */
export function parseListen(text: string): ListenAddress | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9_.-]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (!match || port < 1 || port > 65_535) return undefined;
  return { hostname: (match[1] ?? match[2])!, port };
}

/** The address as it is written in the file: `127.0.0.1:4096`, `[::1]:4096`. */
export function listenText({ hostname, port }: ListenAddress): string {
  return `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
}

/** Where to reach a server that listens there: an unspecified address is asked on loopback. */
export function loopbackUrl({ hostname, port }: ListenAddress): string {
  return `http://${listenText({ hostname: UNSPECIFIED[hostname] ?? hostname, port })}`;
}

/** Whether only this machine can reach a server that listens there. */
export function isLoopback({ hostname }: Pick<ListenAddress, "hostname">): boolean {
  return hostname === "localhost" || hostname === "::1" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
