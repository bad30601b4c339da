import type { Host } from "../host/host.ts";
import { NoRoomForProcess } from "../host/inspection.ts";

export interface CrowdedBoxOptions {
  /** Called once, when there has been no room for another command for `patienceMs`. */
  crowded(): void;
  /** Absent: ten seconds. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 10_000;
const RETRY_MS = 100;

/**
 * `stream`, in a box that may have no more processes than its limit: a command waits a while for room. What keeps
 * taking all of it belongs to no command that could be ended, so then the box has to end; another takes its place.
 */
export function inCrowdedBox(
  stream: Host["stream"],
  { crowded, patienceMs = PATIENCE_MS }: CrowdedBoxOptions,
): Host["stream"] {
  return async (argv, options, signal) => {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      try {
        return await stream(argv, options, signal);
      } catch (error) {
        if (!(error instanceof NoRoomForProcess)) throw error;
        if (performance.now() > deadline) {
          crowded();
          throw error;
        }
      }
      await pause(RETRY_MS, signal);
    }
  };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(() => over.resolve(), ms);
  const onAbort = () => over.reject(signal!.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    signal?.throwIfAborted();
    await over.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  }
}
