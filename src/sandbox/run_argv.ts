/**
 * The command line that starts a box. What is not said here, a box does not have: no network, no capability, no
 * device, no namespace of the host's, no folder but those named, nothing of our environment.
 *
 * @module
 */
import type { Account } from "../host/file_access.ts";

/** A place of this machine, or a volume of docker's, as the box sees it. */
export interface PlannedMount {
  /** A path without links, or a volume's name. */
  readonly source: string;
  readonly target: string;
  readonly access: "ro" | "rw";
  readonly named?: boolean;
  /** Who may use it where SELinux decides: this box alone, every box, or (absent) whoever may now. */
  readonly label?: "private" | "shared";
}

export interface BoxLimits {
  /** As docker takes it: `1g`. Swap is none of it. */
  readonly memory: string;
  readonly cpus: number;
  readonly pids: number;
}

/** Everything that docker is told about a box. */
export interface BoxPlan {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly image: string;
  readonly account: Account;
  readonly limits: BoxLimits;
  readonly mounts: readonly PlannedMount[];
  readonly env: Readonly<Record<string, string>>;
  /** Absent: the image's own. */
  readonly workdir?: string | undefined;
  /** In place of the image's own entrypoint. */
  readonly command: readonly [string, ...string[]];
  /** Whether SELinux decides what containers may touch. */
  readonly selinux: boolean;
  /** Our stdin, and with `tty` a terminal. Absent: nothing to read. */
  readonly stdin?: "piped" | "tty" | undefined;
}

/** Source: DESIGN §9. */
export const BOX_LIMITS: BoxLimits = { memory: "1g", cpus: 2, pids: 256 };

/** Where the home folder is, in memory: it starts empty and ends with the box. */
export const BOX_HOME = "/home/box";

/**
 * Said to be empty, or docker's client sets them to the proxies of its own configuration, passwords and all: for
 * every container, in both ways of writing.
 */
const NO_PROXIES = Object.fromEntries(
  ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "FTP_PROXY", "ALL_PROXY"]
    .flatMap((name) => [[name, ""], [name.toLowerCase(), ""]]),
);

/** The command line; all of it is fit to be shown. */
export function runArgv(plan: BoxPlan): string[] {
  const { name, labels, image, account, limits, mounts, env, workdir, command, selinux, stdin } = plan;
  const user = `${account.uid}:${account.gid}`;
  const owner = `uid=${account.uid},gid=${account.gid}`;
  const [entrypoint, ...args] = command;
  return [
    ...["docker", "run", "--name", name],
    ...Object.entries(labels).flatMap(([label, value]) => ["--label", `${label}=${value}`]),
    ...["--pull", "never", "--init"],
    // What it prints is also kept by docker, so that anybody can ask; bounded, or it would fill the disk.
    ...[
      "--log-driver",
      "local",
      "--log-opt",
      "max-size=1m",
      "--log-opt",
      "max-file=1",
      "--log-opt",
      "compress=false",
    ],
    ...stdin ? ["--interactive"] : [],
    ...stdin === "tty" ? ["--tty"] : [],
    ...["--network", "none", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...["--user", user, "--read-only"],
    ...["--tmpfs", `/tmp:rw,exec,nosuid,nodev,mode=1777,size=${bytesOf(limits.memory) / 2}`],
    ...["--tmpfs", `${BOX_HOME}:rw,exec,nosuid,nodev,mode=0700,${owner},size=${bytesOf(limits.memory) / 4}`],
    ...["--memory", limits.memory, "--memory-swap", limits.memory],
    ...["--cpus", String(limits.cpus), "--pids-limit", String(limits.pids)],
    ...mounts.flatMap((mount) => mountWords(mount, selinux)),
    ...Object.entries({ HOME: BOX_HOME, ...NO_PROXIES, ...env }).flatMap((
      [key, value],
    ) => ["--env", `${key}=${value}`]),
    ...workdir === undefined ? [] : ["--workdir", workdir],
    ...["--entrypoint", entrypoint, image],
    ...args,
  ];
}

/**
 * `1g` in bytes, to be a multiple of four. What lies in a box's folders in memory counts, and nobody can be killed to
 * have it back: were they not bounded, one `dd` would end the box.
 */
function bytesOf(memory: string): number {
  const [, digits = "0", unit = "b"] = /^(\d+)([bkmg]?)$/i.exec(memory) ?? [];
  const power = ["b", "k", "m", "g"].indexOf(unit.toLowerCase() || "b");
  return Math.floor(Number(digits) * 1024 ** power / 4) * 4;
}

/**
 * By `--mount`, which refuses a source that is gone: `--volume` would make it, as root, for a box whose supervisor
 * was killed meanwhile. Only `--volume` can label for SELinux.
 */
function mountWords(
  { source, target, access, named = false, label }: PlannedMount,
  selinux: boolean,
): string[] {
  if (selinux && label) {
    return ["--volume", `${source}:${target}:${access},${label === "private" ? "Z" : "z"}`];
  }
  const fields = [`type=${named ? "volume" : "bind"}`, `source=${source}`, `target=${target}`];
  if (access === "ro") fields.push("readonly");
  return ["--mount", fields.map(csvField).join(",")];
}

/** docker reads the value as a line of CSV. */
function csvField(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
