import { CommandNotFound } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import { commandDetails } from "./command_details.ts";
import { installDocker } from "./docker_fixes.ts";
import { NO_ENDPOINT } from "./docker_messages.ts";
import type { Probe } from "./probe.ts";

/** Docker is the wall between the agent and this machine, so it is required. */
export const dockerInstalled: Probe = {
  id: "docker_installed",
  title: "Docker",
  category: "docker",
  occasions: ["startup", "doctor"],
  async check({ host, signal }) {
    try {
      const output = await host.run(["docker", "--version"], signal);
      if (output.code === 0) {
        return {
          status: "pass",
          summary: "Docker is installed",
          details: [output.stdout.trim().split("\n")[0]!],
        };
      }
      // It works; docker_accessible says what is wrong.
      if (NO_ENDPOINT.test(output.stderr)) return { status: "pass", summary: "Docker is installed" };
      const fix = installDocker(await platformOf(host));
      return {
        status: "block",
        summary: "Docker is installed but failed to report its version",
        details: commandDetails(output),
        fix: { ...fix, summary: `Reinstall or repair Docker. ${fix.summary}` },
      };
    } catch (error) {
      if (!(error instanceof CommandNotFound)) throw error;
      return {
        status: "block",
        summary: "Docker is not installed",
        fix: installDocker(await platformOf(host)),
      };
    }
  },
};
