import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
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
  /** The default workspace. Of the state folder only it is ever mounted, and what is in `sessions`. */
  readonly workspace: string;
  /** The workspaces of sessions that have a box each: every one of these folders is mounted into that box alone. */
  readonly sessions: string;
  /** Sessions, runs, events, approvals: one SQLite file. */
  readonly database: string;
  /** Copies of it. */
  readonly backups: string;
  /** A locked file for each process that has runs. */
  readonly instances: string;
  readonly token: string;
  readonly lock: string;
}

/** The paths of this machine; `config` is `--config`. Rejects a machine that has no home folder. */
export function statePaths(host: Inspection, config?: string): StatePaths {
  const home = (host.os === "windows" ? host.env("USERPROFILE") : undefined) || host.env("HOME");
  const state = host.env("STAKPAK_HOME") || (home && `${home}/.stakpak`);
  if (!state || !home) {
    throw new UserError("Cannot find the home folder: HOME is not set", {
      hint: "export HOME=/home/NAME",
      exitCode: 2,
    });
  }
  if (!isAbsolute(home) || !isAbsolute(state)) {
    const [name, value] = isAbsolute(home) ? ["STAKPAK_HOME", state] : ["HOME", home];
    throw new UserError(
      `Cannot find the state folder: ${name} is ${quotedPath(value)}, must be an absolute path`,
      {
        hint: `export ${name}=/home/NAME${name === "HOME" ? "" : "/.stakpak"}`,
        exitCode: 2,
      },
    );
  }
  return {
    home,
    state,
    config: config === undefined ? `${state}/config.toml` : expandHome(config, home),
    autopilot: `${state}/autopilot.toml`,
    logs: `${state}/autopilot/logs`,
    workspace: `${state}/autopilot/workspace`,
    sessions: `${state}/autopilot/sessions`,
    database: `${state}/autopilot/autopilot.db`,
    backups: `${state}/autopilot/backups`,
    instances: `${state}/autopilot/instances`,
    token: `${state}/autopilot/token`,
    lock: `${state}/autopilot/lock`,
  };
}

/** On Windows with a drive, or a server. */
function isAbsolute(path: string): boolean {
  return /^(?:\/|[A-Za-z]:[\\/]|\\\\)/.test(path);
}

/** `path` with a leading `~` or `~/` replaced by `home`. */
export function expandHome(path: string, home: string): string {
  return path === "~" ? home : path.startsWith("~/") ? `${home}${path.slice(1)}` : path;
}

/** `path` as people write it: `~/.stakpak/config.toml`. */
export function shortPath(path: string, home: string): string {
  return path === home ? "~" : path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}
