/**
 * What starts boxes in this process, as they are configured.
 *
 * @module
 */
import type { LaunchBox } from "./box.ts";
import { launchBox } from "./launch.ts";
import type { LaunchParts } from "./launch_start.ts";
import { startSupervisor } from "./supervisor.ts";

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

/** Rejects with a `UserError` where boxes cannot run as they are configured, with the signal's reason. */
export async function startLauncher(parts: LauncherParts, signal: AbortSignal): Promise<BoxLauncher> {
  const { warden } = await parts.settings();
  const supervisor = await startSupervisor({ ...parts, external: warden === "external" }, signal);
  return {
    launch: (request, signal) => launchBox({ ...parts, ...supervisor }, request, signal),
    tidied: supervisor.tidied,
    [Symbol.asyncDispose]: () => supervisor[Symbol.asyncDispose](),
  };
}
