/**
 * What is wrong between the two files although each is right by itself: profiles, routes and tools that are not
 * there. Used by doctor, `config validate` and `schedule add`.
 *
 * A profile's own `api_key` and `providers` are used for its runs (one inference path per provider), so they are
 * no finding here, unlike in the Rust implementation (cli O-83).
 *
 * @module
 */
import type { AutopilotFile } from "./autopilot_schema.ts";
import type { ConfigFile } from "./config_schema.ts";
import type { Loaded } from "./load.ts";
import { type ConfigProblem, type KeyPath, keyText } from "./problem.ts";
import { profileChecks } from "./profile_checks.ts";
import { DEFAULT_PROFILE } from "./profile_names.ts";
import { routeChecks } from "./route_checks.ts";
import { toolChecks } from "./tool_checks.ts";

/** A problem of `autopilot.toml` whose place is still to be filled in. `message` goes on after "KEY: ". */
export interface CrossFinding extends Pick<ConfigProblem, "severity" | "message" | "hint"> {
  readonly path: KeyPath;
}

/** All findings, each with its place in `autopilot`'s file. `fallback` is `--profile`. */
export function crossChecks(
  config: Loaded<ConfigFile>,
  autopilot: Loaded<AutopilotFile>,
  fallback: string = DEFAULT_PROFILE,
): ConfigProblem[] {
  return [
    ...profileChecks(config, autopilot, fallback),
    ...routeChecks(autopilot),
    ...toolChecks(config, autopilot, fallback),
  ].map(({ path, message, ...rest }) => ({
    ...rest,
    file: autopilot.file,
    ...autopilot.place(path),
    key: keyText(path),
    message: `${keyText(path)}: ${message}`,
  }));
}
