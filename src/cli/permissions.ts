/**
 * What the program may do: one table, used by `scripts/compile.ts`, by the tasks and by the tests.
 *
 * Nothing is granted that is not here. `DENIED` wins over a grant. Each command then drops at start what it
 * does not need (`drop_grants.ts`). The `run` list stops a wrong or injected program name; it is no boundary
 * against code of the supervisor itself (docs/security.md).
 *
 * @module
 */
import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import type { Grant } from "../host/host.ts";

export interface Permission {
  readonly name: Grant["name"];
  /** The entries granted; `undefined` means all, because Deno cannot narrow to `$HOME` in a compiled binary. */
  readonly values?: readonly string[];
  readonly why: string;
}

/** Programs that may be started, each with what for. Source: DESIGN §8. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  docker: "the sandbox",
  warden: "the external egress guard, where configured",
  systemctl: "the user service on Linux",
  "systemd-run": "asking whether the user service reaches Docker",
  loginctl: "asking whether the user service outlives a logout",
  launchctl: "the user service on macOS",
  df: "free disk space",
  id: "the account's name and groups",
  kill: "ending a command with everything it started",
  env: "check scripts, with a clean environment",
  sh: "the tools inside the box",
  setsid: "a process group for each command of theirs, docs/decisions/2026-11-23-setsid.md",
};

export const PERMISSIONS: readonly Permission[] = [
  { name: "read", why: "the user's files, wherever they are" },
  { name: "write", why: "the state folder, wherever it is" },
  { name: "net", why: "model providers, chat services and our own server: addresses are configuration" },
  {
    name: "env",
    values: [...ENVIRONMENT_NAMES.map((entry) => entry.name), "STAKPAK_*"],
    why: "domain/environment.ts",
  },
  { name: "run", values: Object.keys(PROGRAMS), why: "PROGRAMS" },
  {
    name: "sys",
    values: ["osRelease", "uid", "gid", "systemMemoryInfo", "hostname", "networkInterfaces"],
    why: "probes, the host name in logs, and which addresses are this host's: a box may not reach them",
  },
];

/** Cloud metadata services: they hand out credentials to whoever asks. */
export const DENIED_NET: readonly string[] = ["169.254.0.0/16", "[fd00:ec2::254]"];

/** The table as flags of `deno run` and `deno compile`. */
export function permissionFlags(): string[] {
  const grants = PERMISSIONS.map(({ name, values }) =>
    values ? `--allow-${name}=${values.join(",")}` : `--allow-${name}`
  );
  return ["--no-prompt", ...grants, `--deny-net=${DENIED_NET.join(",")}`];
}

/** Features of Deno that are not stable yet and that the program uses; `deno.json` names the same. */
export const UNSTABLE: readonly string[] = ["cron", "worker-options", "net"];

/** The flags of `deno run` for the bundled program, wherever it lies: the table's, and nothing from around it. */
export function programFlags(): string[] {
  return [
    "--quiet",
    "--no-config",
    "--cached-only",
    ...UNSTABLE.map((name) => `--unstable-${name}`),
    ...permissionFlags(),
  ];
}
