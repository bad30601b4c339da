/**
 * This process as one that has boxes: its place among others, the engine, and the program that boxes run.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { type BoxProgram, boxProgram } from "./box_program.ts";
import { askEngine, type Engine } from "./engine.ts";
import { type Instance, openInstance } from "./instance.ts";
import { reap } from "./reap.ts";

/** Disposing gives up the place; what is left in its folder goes with it. */
export interface Supervisor extends AsyncDisposable {
  readonly instance: Instance;
  /** Absent where an external warden starts the boxes. */
  readonly engine?: Engine | undefined;
  /** Absent with `engine`. */
  readonly program?: BoxProgram | undefined;
  /** Resolves when what dead supervisors have left behind is removed, or cannot be. */
  readonly tidied: Promise<void>;
}

export interface SupervisorParts {
  readonly host: Host;
  /** As `runFolder()` gives it. */
  readonly run: string;
  /** Whether somebody else starts the boxes. */
  readonly external?: boolean;
  /** Told of what people should know, in one line. */
  log(line: string): void;
}

/**
 * Asks docker once, and begins to remove what dead supervisors have left behind. Rejects with a `UserError` where boxes
 * cannot run, with the signal's reason.
 */
export async function startSupervisor(parts: SupervisorParts, signal: AbortSignal): Promise<Supervisor> {
  const { host, run, external = false, log } = parts;
  const [engine, program] = await Promise.all(external ? [] : [askEngine(host, signal), boxProgram(host)]);
  const instance = await openInstance(host, run, signal);
  const tidied = reap(host, run, signal).then(() => {}, (error) => {
    if (!signal.aborted) log(`Cannot tidy up: ${error instanceof Error ? error.message : String(error)}`);
  });
  return {
    instance,
    engine,
    program,
    tidied,
    async [Symbol.asyncDispose]() {
      await tidied;
      await instance[Symbol.asyncDispose]();
    },
  };
}
