import { EXIT, UserError } from "../domain/error.ts";
import { CommandNotFound } from "../host/inspection.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import type { Relay } from "./warden.ts";

export interface InitOptions extends GlobalOptions {
  readonly publish?: readonly number[];
  readonly relay?: readonly Relay[];
}

/** Runs any program by its name on PATH: no program but `sh` is ours to start. */
const EXEC = ["sh", "-c", 'exec "$@"', "sh"];

/** `warden init -- CMD`: what the box cannot do without us, around its command. */
export async function runInPlace(
  { host }: Cli,
  { publish = [], relay = [] }: InitOptions,
  command: readonly string[],
): Promise<number> {
  const { forward } = await import("../warden/forward.ts");
  const { forwardEgress, openWayOut, PROXY_VARIABLES } = await import("../warden/forward_egress.ts");
  const { portSocket, relayPort } = await import("../warden/relay_port.ts");
  const { sockets } = host;
  const inside = (port: number) => ({ hostname: "127.0.0.1", port });
  await using open = new AsyncDisposableStack();
  const wayOut = await forwardEgress(host) ?? await openWayOut(host);
  if (wayOut) open.use(wayOut);
  for (const port of publish) {
    open.use(relayPort({ sockets, socketPath: portSocket(port), to: inside(port) }));
  }
  for (const { socketPath, port } of relay) {
    open.use(forward({ sockets, from: { socketPath }, to: inside(port) }));
  }
  try {
    return await host.attach([...EXEC, ...command], wayOut ? PROXY_VARIABLES : {});
  } catch (error) {
    if (!(error instanceof CommandNotFound)) throw error;
    throw new UserError("Cannot start the command: the box has no sh", {
      hint: "take an image that has a shell, such as debian:bookworm-slim",
      exitCode: EXIT.usage,
      cause: error,
    });
  }
}
