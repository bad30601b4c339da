import { shortPath } from "../config/paths.ts";
import type { Inspection } from "../host/inspection.ts";
import { launchdPlist, launchdPlistPath } from "../host/launchd_plist.ts";
import type { ServiceOptions } from "../host/service_command.ts";
import { serviceUnit, serviceUnitPath } from "../host/service_unit.ts";
import { shellWord } from "../host/shell_word.ts";
import type { Probe, ProbeContext } from "./probe.ts";

/** The service's file on this machine and what `up` would write there. */
export const serviceInstalled: Probe = {
  id: "service_installed",
  title: "Autopilot service",
  category: "service",
  occasions: ["doctor"],
  async check(context) {
    const { host, paths, profile } = context;
    const path = serviceFile(host, paths.home);
    if (!path) {
      return { status: "skip", summary: "Windows has no autopilot service: stakpak up --foreground" };
    }
    const installed = await host.readText(path);
    const up = `stakpak${profile === "default" ? "" : ` --profile ${shellWord(profile)}`} up`;
    if (installed === undefined) return { status: "skip", summary: `Service is not installed: ${up}` };
    const differing = differences(installed, await wantedText(context));
    const shown = shortPath(path, paths.home);
    if (differing.length === 0) {
      return { status: "pass", summary: "Autopilot service is installed", details: [shown] };
    }
    return {
      status: "warn",
      summary: `Autopilot service is not what ${up} would write now`,
      details: [`${shown} differs in: ${differing.join(", ")}`],
      fix: { summary: "Write the service file anew and restart it", command: up },
    };
  },
};

/** Where the service file would be; `undefined` on a machine without services of users. */
export function serviceFile(host: Pick<Inspection, "os">, home: string): string | undefined {
  if (host.os === "linux") return serviceUnitPath(home);
  return host.os === "darwin" ? launchdPlistPath(home) : undefined;
}

async function wantedText({ host, paths, profile }: ProbeContext): Promise<string> {
  const config = paths.config.startsWith("/")
    ? paths.config
    : await host.realPath(paths.config) ?? paths.config;
  const options: ServiceOptions = {
    program: host.program,
    profile,
    config,
    home: paths.home,
    state: paths.state,
  };
  return host.os === "darwin" ? launchdPlist(options) : serviceUnit(options);
}

/** What differs, by key: a value may hold what must not be printed. */
function differences(installed: string, wanted: string): string[] {
  const [before, after] = [installed, wanted].map((text) => text.split(/\r?\n/));
  const lines = [
    ...before!.filter((line) => !after!.includes(line)),
    ...after!.filter((line) => !before!.includes(line)),
  ];
  const keys = lines.filter((line) => line.trim() !== "").map((line) =>
    /^(\w+)=/.exec(line)?.[1] ?? "other lines"
  );
  if (keys.length === 0 && installed !== wanted) return ["the order of its lines"];
  return [...new Set(keys)];
}
