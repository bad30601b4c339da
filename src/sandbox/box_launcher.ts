/**
 * What starts boxes in this process, as they are configured.
 *
 * @module
 */
import type { LaunchBox } from "./box.ts";
import { launchBox } from "./launch.ts";
import type { LaunchParts } from "./launch_start.ts";
import { leftContainers } from "./left_containers.ts";
import { startSupervisor } from "./supervisor.ts";

/** Disposing gives up this process's place; end its boxes before. */
export interface BoxLauncher extends AsyncDisposable {
  readonly launch: LaunchBox;
  /** Resolves when what dead supervisors have left behind is removed, or cannot be. */
  readonly tidied: Promise<void>;
}

export interface LauncherParts extends Omit<LaunchParts, "instance" | "engine" | "program" | "left"> {
  /** As `runFolder()` gives it. */
  readonly run: string;
}

/** Rejects with a `UserError` where boxes cannot run as they are configured, with the signal's reason. */
export async function startLauncher(parts: LauncherParts, signal: AbortSignal): Promise<BoxLauncher> {
  const { warden } = await parts.settings();
  await using opened = new AsyncDisposableStack();
  const supervisor = opened.use(await startSupervisor({ ...parts, external: warden === "external" }, signal));
  const left = opened.use(leftContainers(parts.host, parts.log));
  const kept = opened.move();
  return {
    async launch(request, signal) {
      const box = await launchBox({ ...parts, ...supervisor, left: left.add }, request, signal);
      left.retry();
      return box;
    },
    tidied: supervisor.tidied,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}
