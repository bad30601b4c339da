import type { Inspection } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import type { Fix, Probe } from "./probe.ts";

/** A box takes up to 1 GiB, beside the daemon and this program. */
const LEAST_RAM_MB = 1024;
const ENOUGH_MB = 1536;
const BYTES_PER_MB = 1024 ** 2;

/** Totals of the machine, not what is free: the question is whether it is the right machine. */
export const memory: Probe = {
  id: "memory",
  title: "Memory",
  category: "machine",
  occasions: ["startup", "doctor"],
  async check({ host }) {
    const { totalBytes, swapBytes } = host.memory();
    const ram = Math.floor(totalBytes / BYTES_PER_MB);
    const swap = Math.floor(swapBytes / BYTES_PER_MB);
    if (!(ram > 0)) {
      return {
        status: "warn",
        summary: "Unable to inspect host memory",
        fix: { summary: "Make sure that this machine has 2GB or more" },
      };
    }
    if (ram < LEAST_RAM_MB && !(swap > 0)) {
      return {
        status: "block",
        summary: `Insufficient memory: ${ram}MB RAM, no swap configured`,
        fix: await moreMemory(host),
      };
    }
    if (ram + swap < ENOUGH_MB) {
      return {
        status: "warn",
        summary: `Low memory: ${ram}MB RAM + ${swap}MB swap`,
        fix: await moreMemory(host),
      };
    }
    return { status: "pass", summary: `Memory looks healthy: ${ram}MB RAM + ${swap}MB swap` };
  },
};

async function moreMemory(host: Inspection): Promise<Fix> {
  const { os, wsl } = await platformOf(host);
  if (wsl) {
    return { summary: "Give WSL 2GB or more: memory=2GB under [wsl2] in %UserProfile%\\.wslconfig" };
  }
  if (os !== "linux") return { summary: "Use a machine with 2GB of memory or more" };
  return {
    summary: "Use a machine with 2GB of memory or more, or add swap",
    command: "sudo fallocate -l 2G /swapfile && sudo chmod 600 /swapfile && sudo mkswap /swapfile && " +
      "sudo swapon /swapfile && echo '/swapfile none swap sw 0 0' | sudo tee -a /etc/fstab",
  };
}
