import type { AutopilotFile } from "../config/autopilot_schema.ts";
import type { ConfigFile } from "../config/config_schema.ts";
import type { Loaded } from "../config/load.ts";
import type { ResolvedProfile } from "../config/resolve_profile.ts";
import type { Host } from "../host/host.ts";
import type { Gateway } from "../models/gateway.ts";
import type { ModelRoute } from "../models/model_route.ts";
import type { SandboxState } from "../sandbox/source.ts";
import type { Redactor } from "../secrets/redactor.ts";
import type { ToolPlaces } from "./session_tools.ts";
import type { Store } from "./store.ts";

/** What runs are made of; `cli/start_runs.ts` puts it together. */
export interface RunParts {
  readonly host: Pick<Host, "now" | "startWorker" | "env">;
  readonly store: Store;
  /** Of this process: whose runs it has. Its lock is held for life (`instances.ts`). */
  readonly instance: string;
  /** Whether the process that had a run still lives. */
  lives(instance: string): Promise<boolean>;
  /** The profile of runs that name none; its credentials count where another profile has none. */
  readonly profile: string;
  /** Both files as they are now; every run asks. */
  loadConfig(): Promise<Loaded<ConfigFile>>;
  loadAutopilot(): Promise<Loaded<AutopilotFile>>;
  readonly gateway: Gateway;
  /** Rejects with a `UserError` for a model whose provider is unknown or has no key in that profile. */
  routeOf(model: string, profile: ResolvedProfile): Promise<ModelRoute>;
  /** The first model of a provider that the profile has a key for. */
  firstModel(profile: ResolvedProfile): string | undefined;
  readonly tools: ToolPlaces;
  sandbox(): SandboxState | undefined;
  /**
   * A redactor for one session, that knows every secret of this machine's configuration as it is now: a new one, or
   * `known`, the session's of before, with what is new.
   */
  redactor(known?: Redactor): Promise<Redactor>;
  /**
   * Goes on with runs that wait for people and whose supervisor has ended, as soon as they are decided: for what
   * serves. Absent: with those alone that `resume` names.
   */
  readonly adopts?: true;
  log(line: string): void;
}
