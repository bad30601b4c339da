import type { Box } from "../sandbox/box.ts";
import type { Cli } from "./cli.ts";
import { startBoxes } from "./start_boxes.ts";

/** Disposing waits until the sandboxes that were tried have ended. */
export interface LiveLaunch extends AsyncDisposable {
  /** As `ProbeContext.tryLaunch`. */
  tryLaunch(signal: AbortSignal): Promise<Box["timings"]>;
}

export function liveLaunch(cli: Cli): LiveLaunch {
  const tried = new Set<Promise<unknown>>();
  const launched = async (signal: AbortSignal) => {
    await using boxes = await startBoxes({ ...cli, signal }, {});
    await using box = await boxes.launch({ session: "doctor" }, signal);
    return box.timings;
  };
  return {
    tryLaunch(signal) {
      const launching = launched(signal);
      tried.add(launching);
      return launching;
    },
    // Whoever asked is told what went wrong.
    [Symbol.asyncDispose]: async () => void await Promise.allSettled(tried),
  };
}
