/**
 * What starts boxes in this process: its place among other processes, the engine, and what is configured.
 *
 * @module
 */
import type { LaunchBox } from "./box.ts";
import { boxProgram } from "./box_program.ts";
import { askEngine } from "./engine.ts";
import { openInstance } from "./instance.ts";
import { launchBox } from "./launch.ts";
import type { LaunchParts } from "./launch_start.ts";
import { reap } from "./reap.ts";

/** Disposing gives up this process's place; end its boxes before. */
export interface BoxLauncher extends AsyncDisposable {
  readonly launch: LaunchBox;
  /** Resolves when what dead supervisors have left behind is removed, or cannot be. */
  readonly tidied: Promise<void>;
}

export interface LauncherParts extends Omit<LaunchParts, "instance" | "engine" | "program"> {
  /** As `runFolder()` gives it. */
  readonly run: string;
}

/**
 * Asks docker once, and removes what dead supervisors have left behind. Rejects with a `UserError` where boxes
 * cannot run, with the signal's reason.
 */
export async function startLauncher(parts: LauncherParts, signal: AbortSignal): Promise<BoxLauncher> {
  const { host, run, log } = parts;
  // Also, so that what is wrong is said before anything is started.
  const { warden } = await parts.settings();
  const ours = warden !== "external";
  const [engine, program] = await Promise.all(ours ? [askEngine(host, signal), boxProgram(host)] : []);
  const instance = await openInstance(host, run, signal);
  const tidied = reap(host, run, signal).then(() => {}, (error) => {
    if (!signal.aborted) log(`Cannot tidy up: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    launch: (request, signal) => launchBox({ ...parts, instance, engine, program }, request, signal),
    tidied,
    async [Symbol.asyncDispose]() {
      await tidied;
      await instance[Symbol.asyncDispose]();
    },
  };
}
