import type { Command } from "@commander-js/extra-typings";
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { ConfigFile } from "../config/config_schema.ts";
import type { Loaded } from "../config/load.ts";
import type { StatePaths } from "../config/paths.ts";
import type { Grant, Host } from "../host/host.ts";
import type { Finding } from "../secrets/redactor.ts";
import type { Terminal } from "./terminal.ts";

/** What a command works with. */
export interface Cli {
  readonly host: Host;
  readonly terminal: Terminal;
  readonly version: string;
  /** The profile meant: `--profile`, `STAKPAK_PROFILE`, `default`. */
  readonly profile: string;
  readonly paths: StatePaths;
  /** Aborts on SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** The grants given up so far, as `run:docker`. */
  readonly dropped: readonly string[];
  /** Replaces every secret; for what does not go through `terminal`. */
  redact(text: string): string;
  /** The secrets in `text`; every value of this machine's configuration that is loaded is one. */
  findSecrets(text: string): readonly Finding[];
  /** Says how long the command may take to end after an interrupt, where two seconds are too short. */
  mayEndWithin(ms: number): void;
  /** Gives up a grant for good. */
  drop(grant: Grant): Promise<void>;
  /** Reads `config.toml`; its secrets become known to the redactor. */
  loadConfig(): Promise<Loaded<ConfigFile>>;
  /** Reads `autopilot.toml`; its secrets become known to the redactor. */
  loadAutopilot(): Promise<Loaded<AutopilotFile>>;
}

/**
 * What a command does, after its options are parsed and its grants dropped. Answers how the process ends: an
 * `ExitCode`, or that of a command which it ran for the user.
 */
export type Action<Options, Arguments extends unknown[]> = (
  cli: Cli,
  options: Options,
  ...args: Arguments
) => Promise<number> | number;

/** Ties an action to a command; made by `run.ts`, so that commands know nothing of the process around them. */
export type Start = <
  Arguments extends unknown[],
  Parsed extends Record<string, unknown>,
  Options extends object,
>(
  command: Command<Arguments, Parsed>,
  action: Action<Options, Arguments>,
) => Command<Arguments, Parsed>;
