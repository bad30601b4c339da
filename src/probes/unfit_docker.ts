import { platformOf } from "../host/platform.ts";
import { CommandNotFound } from "../host/inspection.ts";
import { unfitEngine } from "../sandbox/engine.ts";
import { repointDocker } from "./docker_fixes.ts";
import type { ProbeContext, ProbeResult } from "./probe.ts";

/** What it does not say by then is left out. */
const KIND_MS = 1_500;

/** A warning about a daemon that answers and cannot run our boxes: their sockets would lead nowhere. */
export async function unfitDocker(
  { host, signal }: Pick<ProbeContext, "host" | "signal">,
): Promise<ProbeResult | undefined> {
  const late = AbortSignal.timeout(KIND_MS);
  const why = await unfitEngine(host, AbortSignal.any([signal, late])).catch((error) => {
    signal.throwIfAborted();
    if (!late.aborted && !(error instanceof CommandNotFound)) throw error;
  });
  if (!why) return undefined;
  const pointer = ["DOCKER_HOST", "DOCKER_CONTEXT"].find((name) => host.env(name));
  return {
    status: "warn",
    summary: `Sandboxes cannot run here: ${why}`,
    fix: {
      summary: "Run stakpak where dockerd runs, as the system's own service on Linux",
      ...pointer && { command: repointDocker(await platformOf(host), pointer).command! },
    },
  };
}
