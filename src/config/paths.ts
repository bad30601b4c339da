import { UserError } from "../domain/error.ts";
import type { Inspection } from "../host/inspection.ts";

/** Where everything is. Source: DESIGN §6. */
export interface StatePaths {
  /** The user's home folder. */
  readonly home: string;
  /** `~/.stakpak`, or `STAKPAK_HOME`. */
  readonly state: string;
  readonly config: string;
  readonly autopilot: string;
  readonly logs: string;
  /** The default workspace: the only part of the state folder that is ever mounted. */
  readonly workspace: string;
  readonly token: string;
  readonly lock: string;
}

/** The paths of this machine; `config` is `--config`. Rejects a machine that has no home folder. */
export function statePaths(host: Inspection, config?: string): StatePaths {
  const home = (host.os === "windows" ? host.env("USERPROFILE") : undefined) ?? host.env("HOME");
  const state = host.env("STAKPAK_HOME") ?? (home && `${home}/.stakpak`);
  if (!state || !home) {
    throw new UserError("Cannot find the home folder: HOME is not set", {
      hint: "export HOME=/home/NAME",
      exitCode: 2,
    });
  }
  return {
    home,
    state,
    config: config ?? `${state}/config.toml`,
    autopilot: `${state}/autopilot.toml`,
    logs: `${state}/autopilot/logs`,
    workspace: `${state}/autopilot/workspace`,
    token: `${state}/autopilot/token`,
    lock: `${state}/autopilot/lock`,
  };
}

/** `path` with a leading `~` or `~/` replaced by `home`. */
export function expandHome(path: string, home: string): string {
  return path === "~" ? home : path.startsWith("~/") ? `${home}${path.slice(1)}` : path;
}

/** `path` as people write it: `~/.stakpak/config.toml`. */
export function shortPath(path: string, home: string): string {
  return path === home ? "~" : path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
