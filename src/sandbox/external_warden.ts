/**
 * `warden = "external"`: the `warden` on PATH starts the box and guards its way out, as under the Rust
 * implementation. Its box is reached at a port of this machine.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { attachedProcess } from "./attached_process.ts";
import type { BoxProcess } from "./box_process.ts";
import type { BoxSettings } from "./box_settings.ts";
import type { PlannedMount } from "./run_argv.ts";

/** Where the tools listen in such a box. */
const BOX_PORT = 8080;
/** Time that warden has to end its containers. Source: DESIGN §9. */
const INTERRUPT_MS = 10_000;
/** How warden, or the docker that it asks, says that somebody else has the port by now. */
const TAKEN = /address already in use|port is already allocated|ports are not available/i;
const PORTS_TRIED = 20;

/** The command line, in the order of the seed. */
export function wrapArgv(
  { image, mounts, handedOn }: Pick<BoxSettings, "image" | "mounts" | "handedOn">,
  port: number,
  clientCaPem: string,
): string[] {
  const env = {
    STAKPAK_SKIP_WARDEN: "1",
    STAKPAK_MCP_PORT: String(BOX_PORT),
    STAKPAK_MCP_CLIENT_CA: clientCaPem,
    ...handedOn,
  };
  return [
    ...["warden", "wrap", image],
    ...mounts.flatMap((mount) => ["--volume", volumeText(mount)]),
    ...["-p", `127.0.0.1:${port}:${BOX_PORT}`],
    ...Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]),
    ...["--", "stakpak", "mcp", "start"],
  ];
}

function volumeText({ source, target, access }: PlannedMount): string {
  return access === "ro" ? `${source}:${target}:ro` : `${source}:${target}`;
}

/** Starts `argv`, a `warden wrap`; its end is SIGINT, ten seconds, then KILL. */
export function startWardenProcess(
  host: Host,
  argv: readonly string[],
  redact: (text: string) => string,
): BoxProcess {
  const attached = attachedProcess(host, argv, { redact, interruptMs: INTERRUPT_MS });
  return {
    ...attached,
    async remove() {
      await attached.stop();
      return true;
    },
  };
}

/** A port of 127.0.0.1 that nobody listens on now. */
export async function freePort(host: Host): Promise<number> {
  for (let tries = 0; tries < PORTS_TRIED; tries++) {
    const port = 49_152 + crypto.getRandomValues(new Uint16Array(1))[0]! % 16_384;
    if ((await host.canListen("127.0.0.1", port)).free) return port;
  }
  throw new Error(`none of ${PORTS_TRIED} ports of 127.0.0.1 is free`);
}

/** Whether a failure says that the port was taken between looking and publishing it. */
export function isPortTaken(failure: unknown): boolean {
  return failure instanceof Error && TAKEN.test(failure.message);
}
