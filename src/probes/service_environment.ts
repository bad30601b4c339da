/**
 * A key exported in a shell profile, a docker in a folder of one's own: this shell sees them, the service does
 * not. Names only: no value leaves this file.
 *
 * @module
 */
import { type Inspection, PathError } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import { serviceEnvironmentFile, servicePath } from "../host/service_command.ts";
import { shellWord } from "../host/shell_word.ts";
import { handedOn } from "./handed_on.ts";
import type { Probe, ProbeContext, ProbeResult } from "./probe.ts";
import { serviceFile } from "./service_installed.ts";

export const serviceEnvironment: Probe = {
  id: "service_environment",
  title: "Service environment",
  category: "service",
  occasions: ["doctor"],
  async check(context) {
    const { host, paths } = context;
    const file = serviceFile(host, paths.home);
    const { systemd } = await platformOf(host);
    if (!file || (host.os === "linux" && !systemd)) {
      return { status: "skip", summary: "No service manager: the environment stays this shell's" };
    }
    const here = handedOn(context).filter((name) => host.env(name));
    const [installed, given, docker] = await Promise.all([
      host.status(file),
      namesGiven(host, serviceEnvironmentFile(paths)),
      dockerOutside(context),
    ]);
    const missing = installed ? here.filter((name) => !given.has(name)) : [];
    if (missing.length === 0 && !docker) {
      const summary = installed
        ? "The service sees what this shell sees"
        : "The service is not installed: stakpak up hands on what this shell sees";
      return { status: installed ? "pass" : "skip", summary, details: here };
    }
    return unseen(missing, docker);
  },
};

function unseen(missing: readonly string[], docker: string | undefined): ProbeResult {
  const details = [
    ...(missing.length > 0 ? [`not in service.env: ${missing.join(", ")}`] : []),
    ...(docker ? [`not in a folder of the service's PATH: ${docker}`] : []),
  ];
  const summary = "The service will not see all that this shell sees";
  const fix = missing.length > 0
    ? { summary: "Write the service's environment from this shell", command: "stakpak up" }
    : {
      summary: "Link docker where the service finds it",
      command: `sudo ln -s ${shellWord(docker!)} /usr/local/bin/docker`,
    };
  return { status: "warn", summary, details, fix };
}

async function namesGiven(host: Inspection, path: string): Promise<Set<string>> {
  try {
    const lines = (await host.readText(path) ?? "").split("\n");
    return new Set(lines.flatMap((line) => /^(\w+)=./.exec(line)?.[1] ?? []));
  } catch (error) {
    if (error instanceof PathError) return new Set();
    throw error;
  }
}

/** Where this shell finds docker, unless the service finds one too. */
async function dockerOutside({ host, paths }: ProbeContext): Promise<string | undefined> {
  const find = async (folders: readonly string[]) => {
    const found = await Promise.all(folders.map(async (folder) => {
      const file = `${folder}/docker`;
      return (await host.status(file).catch(() => undefined))?.kind === "file" ? file : undefined;
    }));
    return found.find((file) => file !== undefined);
  };
  const own = await find((host.env("PATH") ?? "").split(":").filter((folder) => folder.startsWith("/")));
  return own && !await find(servicePath(host.os, paths.home)) ? own : undefined;
}
