/**
 * What the service starts and sees, the same for systemd and launchd.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import type { OperatingSystem } from "./inspection.ts";

/** What a service is made of. Every path is absolute: a service has no working folder of the user's. */
export interface ServiceOptions {
  /** Starts this program, without its arguments. */
  readonly program: readonly string[];
  readonly profile: string;
  /** `config.toml`. */
  readonly config: string;
  readonly home: string;
  /** `~/.stakpak`, or `STAKPAK_HOME`. */
  readonly state: string;
}

/** Where the service lives: its working folder holds `service.env` and the logs. */
export function serviceFolder({ state }: Pick<ServiceOptions, "state">): string {
  return `${state}/autopilot`;
}

/** Variables for the service, `NAME=value` lines, mode 0600; may be missing. */
export function serviceEnvironmentFile(options: Pick<ServiceOptions, "state">): string {
  return `${serviceFolder(options)}/service.env`;
}

/**
 * The command line of the service. Throws {@linkcode UserError} for a path that is not absolute and for a
 * control character anywhere: no service file can hold a newline safely.
 */
export function serviceCommand({ program, profile, config, home, state }: ServiceOptions): string[] {
  const argv = [...program, "--profile", profile, "--config", config, "autopilot", "up"];
  for (const path of [program[0] ?? "", config, home, state]) {
    if (!path.startsWith("/")) throw refused(`${JSON.stringify(path)} is a relative path, must be absolute`);
  }
  for (const text of [...argv, home, state]) {
    // deno-lint-ignore no-control-regex
    if (/[\0-\x1f\x7f]/.test(text)) throw refused(`${JSON.stringify(text)} has a control character`);
  }
  return [...argv, "--foreground", "--from-service"];
}

/** What is set for the service in its own file; the rest comes from {@linkcode serviceEnvironmentFile}. */
export function serviceEnvironment(os: OperatingSystem, options: ServiceOptions): Record<string, string> {
  const { home, state } = options;
  const PATH = servicePath(os, home).join(":");
  return state === `${home}/.stakpak` ? { HOME: home, PATH } : { HOME: home, PATH, STAKPAK_HOME: state };
}

/** Folders in which the service finds programs. The user's own come last: they do not replace `kill`. */
export function servicePath(os: OperatingSystem, home: string): string[] {
  const system = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/local/sbin", "/usr/sbin", "/sbin"];
  const added = os === "darwin" ? ["/opt/homebrew/bin"] : ["/snap/bin"];
  return [...system, ...added, `${home}/.local/bin`, `${home}/bin`];
}

function refused(why: string): UserError {
  return new UserError(`Cannot write a service file: ${why}`, { hint: "use plain absolute paths" });
}
