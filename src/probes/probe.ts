/**
 * A probe asks this machine one question and changes nothing on it; what it cannot ask so it asks under `--live`.
 *
 * Adding one: a file `src/probes/<id>.ts`, a line in `registry.ts`, a heading in `docs/probes.md`.
 *
 * @module
 */
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { ConfigFile } from "../config/config_schema.ts";
import type { ListenAddress } from "../config/listen.ts";
import type { Loaded } from "../config/load.ts";
import type { StatePaths } from "../config/paths.ts";
import type { Inspection } from "../host/inspection.ts";
import type { Box } from "../sandbox/box.ts";

/** When a probe runs: `up` and `preflight` ask the startup questions, `doctor` asks all. */
export type Occasion = "startup" | "doctor";

/** `live`: only under `--live`, since the question changes something for a while. */
export type AskedAt = Occasion | "live";

/** The heading a probe stands under in reports. */
export type Category = "configuration" | "docker" | "machine" | "service" | "security";

/** What a user can do about a finding. Never loosens the mode of a secret. */
export interface Fix {
  /** An instruction: "Start the Docker daemon". */
  readonly summary: string;
  /** A command that can be pasted as is, and fits this operating system. */
  readonly command?: string;
}

interface Finding {
  /** One line, no period: "Docker answers (29.1)". */
  readonly summary: string;
  readonly details?: readonly string[];
}

/** One status, so that nothing can be "passing but blocking"; a complaint always carries a fix. */
export type ProbeResult =
  | Finding & { readonly status: "pass" | "skip" }
  | Finding & {
    readonly status: "warn" | "block";
    readonly fix: Fix;
    /** Worth asking again after a while: a daemon that is starting, a port that is being released. */
    readonly transient?: true;
    /** Cannot be acknowledged away. */
    readonly permanent?: true;
  };

/** What a probe may look at. */
export interface ProbeContext {
  readonly host: Inspection;
  readonly paths: StatePaths;
  readonly config: Loaded<ConfigFile>;
  readonly autopilot: Loaded<AutopilotFile>;
  /** The profile that schedules and channels without one run under, from `--profile`. */
  readonly profile: string;
  readonly listen: ListenAddress;
  readonly occasion: Occasion;
  /**
   * Starts a sandbox as sessions get one and ends it: how long each step took. Only under `--live`. Rejects with
   * `LaunchFailed`, `UserError`, or the signal's reason; nothing is left behind.
   */
  readonly tryLaunch?: (signal: AbortSignal) => Promise<Box["timings"]>;
  /** Aborts at the probe's deadline. */
  readonly signal: AbortSignal;
}

export interface Probe {
  /** Stable, snake_case, named by users in `--only`, `--skip` and acknowledgements. */
  readonly id: string;
  /** A few words: "Docker daemon access". */
  readonly title: string;
  readonly category: Category;
  readonly occasions: readonly AskedAt[];
  /** Ids of probes that must have passed; otherwise this one is skipped. They stand earlier in the registry. */
  readonly needs?: readonly string[];
  /** How long it may take, where the runner's limit is too short. */
  readonly deadlineMs?: number;
  /** Rejecting is a bug of the probe; the runner reports it as a block that says "cannot tell". */
  check(context: ProbeContext): Promise<ProbeResult>;
}
