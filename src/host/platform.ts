/**
 * Which kind of machine this is, as far as what a user must do differs.
 *
 * @module
 */
import { type Inspection, type OperatingSystem, PathError } from "./inspection.ts";

/** Distributions that are set up alike. `rhel` has no Docker package of its own, `fedora` has. */
export type LinuxFamily = "debian" | "amazon" | "fedora" | "rhel" | "suse" | "arch" | "other";

export interface Platform {
  readonly os: OperatingSystem;
  /** `other` when unknown, and where it is not Linux. */
  readonly family: LinuxFamily;
  /** Linux inside Windows. */
  readonly wsl: boolean;
  /** Whether systemd runs this machine. */
  readonly systemd: boolean;
}

const FAMILIES: Readonly<Record<string, LinuxFamily>> = {
  amzn: "amazon",
  arch: "arch",
  centos: "rhel",
  debian: "debian",
  fedora: "fedora",
  ol: "rhel",
  rhel: "rhel",
  suse: "suse",
  opensuse: "suse",
  ubuntu: "debian",
};

/** Looks at `/etc/os-release` (`ID`, then `ID_LIKE`) and `/run/systemd/system`; `/proc` is not ours to read. */
export async function platformOf(host: Inspection): Promise<Platform> {
  if (host.os !== "linux") return { os: host.os, family: "other", wsl: false, systemd: false };
  const [release, systemd] = await Promise.all([osRelease(host), host.status("/run/systemd/system")]);
  const ids = `${field(release, "ID")} ${field(release, "ID_LIKE")}`.toLowerCase().split(" ");
  const known = ids.find((id) => Object.hasOwn(FAMILIES, id));
  return {
    os: "linux",
    family: known ? FAMILIES[known]! : "other",
    wsl: /microsoft/i.test(host.kernel) || host.env("WSL_DISTRO_NAME") !== undefined,
    systemd: systemd !== undefined,
  };
}

async function osRelease(host: Inspection): Promise<string> {
  try {
    return await host.readText("/etc/os-release") ?? await host.readText("/usr/lib/os-release") ?? "";
  } catch (error) {
    if (error instanceof PathError) return "";
    throw error;
  }
}

function field(release: string, name: string): string {
  const line = release.split("\n").find((text) => text.startsWith(`${name}=`)) ?? "";
  return line.slice(name.length + 1).trim().replaceAll(/["']/g, "");
}
