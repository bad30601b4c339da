import { describe, quotedPath } from "../domain/printable.ts";
import { UserError } from "../domain/error.ts";
import type { Inspection } from "../host/inspection.ts";
import type { SocketAddress } from "../host/sockets.ts";

/** A unix path ends with a zero byte in 108. */
const MAX_SOCKET_BYTES = 107;
/** Only in a container 0.0.0.0 is ours alone, and there it is the one address that a published port reaches. */
const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];

/**
 * Where a box listens: `STAKPAK_MCP_SOCKET`, else `STAKPAK_MCP_PORT`, else a free port.
 * Rejects with a {@linkcode UserError} for what cannot be an address.
 */
export async function listenAddress(host: Inspection): Promise<SocketAddress> {
  const socketPath = host.env("STAKPAK_MCP_SOCKET");
  if (socketPath) return { socketPath: checkedSocket(socketPath) };
  const found = await Promise.all(CONTAINER_FILES.map((path) => host.status(path)));
  const hostname = found.some((status) => status !== undefined) ? "0.0.0.0" : "127.0.0.1";
  const port = host.env("STAKPAK_MCP_PORT");
  return { hostname, port: port ? checkedPort(port) : 0 };
}

function checkedSocket(path: string): string {
  const bytes = new TextEncoder().encode(path).length;
  if (path.startsWith("/") && bytes <= MAX_SOCKET_BYTES) return path;
  const problem = path.startsWith("/")
    ? `it has ${bytes} bytes, must have at most ${MAX_SOCKET_BYTES}`
    : "it does not start with /";
  throw new UserError(`Cannot listen on STAKPAK_MCP_SOCKET ${quotedPath(path)}: ${problem}`, {
    hint: "name a short absolute path: STAKPAK_MCP_SOCKET=/run/stakpak/in/mcp.sock",
    exitCode: 2,
  });
}

function checkedPort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new UserError(`Cannot listen on STAKPAK_MCP_PORT: it is ${describe(text)}, must be 1 to 65535`, {
    hint: "name a port: STAKPAK_MCP_PORT=8080",
    exitCode: 2,
  });
}
