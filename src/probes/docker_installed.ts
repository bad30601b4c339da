import { CommandNotFound } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import { commandDetails } from "./command_details.ts";
import { installDocker } from "./docker_fixes.ts";
import { NO_ENDPOINT } from "./docker_messages.ts";
import type { Probe } from "./probe.ts";
import { runWithin } from "./run_within.ts";

/** Below the probe's own deadline, so that docker_accessible can say who is silent. */
const SILENCE_MS = 8_000;
const INSTALLED = "Docker is installed";

/** Docker is the wall between the agent and this machine, so it is required. */
export const dockerInstalled: Probe = dockerInstalledWithin(SILENCE_MS);

/** The probe with another patience, for tests. */
export function dockerInstalledWithin(silenceMs: number): Probe {
  return {
    id: "docker_installed",
    title: "Docker",
    category: "docker",
    occasions: ["startup", "doctor"],
    async check({ host, signal }) {
      try {
        const output = await runWithin(silenceMs, host, ["docker", "--version"], signal);
        // It is there; docker_accessible says what is wrong. Docker 20 asks the daemon before it says its version.
        if (!output || NO_ENDPOINT.test(output.stderr)) return { status: "pass", summary: INSTALLED };
        if (output.code === 0) {
          return { status: "pass", summary: INSTALLED, details: [output.stdout.trim().split("\n")[0]!] };
        }
        const fix = installDocker(await platformOf(host));
        return {
          status: "block",
          summary: "Docker is installed but failed to report its version",
          details: commandDetails(output),
          fix: { ...fix, summary: `Reinstall or repair Docker. ${fix.summary}` },
        };
      } catch (error) {
        if (!(error instanceof CommandNotFound)) throw error;
        const fix = installDocker(await platformOf(host));
        return { status: "block", summary: "Docker is not installed", fix };
      }
    },
  };
}
