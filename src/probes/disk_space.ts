import { CommandNotFound } from "../host/inspection.ts";
import { freeDisk } from "../host/free_disk.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { runWithin } from "./run_within.ts";

/** An image, its boxes and a month of logs. */
const ENOUGH_MB = 2048;
/** What Docker does not say by then is left out: home is worth reporting without it. */
const PATIENCE_MS = 5_000;

export const diskSpace: Probe = diskSpaceWithin(PATIENCE_MS);

/** The probe with another patience, for tests. */
export function diskSpaceWithin(patienceMs: number): Probe {
  return {
    id: "disk_space",
    title: "Disk space",
    category: "machine",
    occasions: ["doctor"],
    async check(context) {
      const { host, paths, signal } = context;
      const folders = [paths.home, ...await dataRoot(context, patienceMs)];
      const disks = await Promise.all(folders.map(async (folder) => {
        const disk = await freeDisk(host, folder, signal);
        return disk ? [{ folder, ...disk }] : [];
      }));
      const found = disks.flat().filter((disk, index, all) =>
        all.findIndex(({ fileSystem }) => fileSystem === disk.fileSystem) === index
      );
      if (found.length === 0) return { status: "skip", summary: "Unable to determine free disk space" };
      const low = found.filter(({ freeMb }) => freeMb < ENOUGH_MB);
      if (low.length === 0) return { status: "pass", summary: `Disk space looks healthy: ${text(found)}` };
      const docker = low.some(({ folder }) => folder !== paths.home);
      return {
        status: "warn",
        summary: `Low disk space: ${text(low)}`,
        fix: {
          summary: `Free ${ENOUGH_MB}MB or more, or expand the volume`,
          command: docker
            ? "docker system df"
            : host.os === "windows"
            ? "Get-PSDrive"
            : "du -xhd1 ~ | sort -h",
        },
      };
    },
  };
}

function text(disks: readonly { readonly folder: string; readonly freeMb: number }[]): string {
  return disks.map(({ folder, freeMb }) => `${freeMb}MB available at ${folder}`).join(", ");
}

/** Docker's folder; none where Docker does not answer or runs on another machine, whose paths say nothing here. */
async function dataRoot({ host, signal }: ProbeContext, patienceMs: number): Promise<string[]> {
  if (host.os !== "linux" || /^(tcp|ssh|https?):/.test(host.env("DOCKER_HOST") ?? "")) return [];
  try {
    const said = await runWithin(patienceMs, host, ["docker", "info", "-f", "{{.DockerRootDir}}"], signal);
    return said?.code === 0 && said.stdout.startsWith("/") ? [said.stdout.trim()] : [];
  } catch (error) {
    if (error instanceof CommandNotFound) return [];
    throw error;
  }
}
