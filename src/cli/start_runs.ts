/**
 * What `run` and `serve` stand on, put together: the store, the models, the tools, and the runs of this process.
 *
 * @module
 */
import type { RunService } from "../server/run_service.ts";
import type { Store } from "../server/store.ts";
import type { Cli } from "./cli.ts";

export interface StartedRuns extends AsyncDisposable {
  readonly store: Store;
  readonly runs: RunService;
  /** This process, as the store names it. */
  readonly instance: string;
  /** Whether the process of that name still lives. */
  lives(instance: string): Promise<boolean>;
}

export interface RunsOptions {
  /** For what serves: starts the sandbox now rather than at the first need, and takes over runs that nobody has. */
  readonly serves?: true;
}

/**
 * Rejects with a `UserError` (exit 2) where runs cannot be: a broken file, a store that cannot be opened, `host_tools`
 * beside a channel; with `serves` also where no sandbox is to be had. Disposing ends the runs (`interrupted`; those
 * that wait for people stay so), then the boxes, then closes the store.
 */
export declare function startRuns(cli: Cli, options: RunsOptions): Promise<StartedRuns>;
