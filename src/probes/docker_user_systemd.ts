import { CommandNotFound } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import { commandDetails } from "./command_details.ts";
import type { Probe } from "./probe.ts";

/** What `service.env` hands on, so that the question goes to the daemon that the service will ask. */
const DOCKER_VARIABLES = [
  "DOCKER_HOST",
  "DOCKER_CONTEXT",
  "DOCKER_CONFIG",
  "DOCKER_CERT_PATH",
  "DOCKER_TLS_VERIFY",
];

/** The service runs under the user's systemd, which may be older than the user's membership in a group. */
export const dockerUserSystemd: Probe = {
  id: "docker_user_systemd",
  title: "Docker access via systemd user manager",
  category: "docker",
  occasions: ["startup", "doctor"],
  needs: ["docker_accessible"],
  async check({ host, signal }) {
    const { os, systemd } = await platformOf(host);
    if (os !== "linux") return { status: "skip", summary: "Probe is only available on Linux hosts" };
    const unknown = "Unable to verify Docker access from systemd user manager";
    if (!systemd) return { status: "skip", summary: unknown, details: ["systemd does not run this machine"] };
    const variables = DOCKER_VARIABLES.flatMap((name) => {
      const value = host.env(name);
      return value ? [`--setenv=${name}=${value}`] : [];
    });
    try {
      const options = ["--user", "--pipe", "--wait", "--quiet", "--collect", "--property=RuntimeMaxSec=9"];
      const output = await host.run(["systemd-run", ...options, ...variables, "docker", "ps"], signal);
      if (output.code === 0) {
        return { status: "pass", summary: "systemd user manager can reach the Docker daemon" };
      }
      const details = commandDetails(output);
      if (!/permission denied/i.test(output.stderr + output.stdout)) {
        return { status: "skip", summary: unknown, details };
      }
      return {
        status: "block",
        summary: "systemd user manager cannot reach Docker (likely stale group membership)",
        details,
        fix: {
          summary: "Restart the user manager, which ends this user's other services",
          command: "sudo systemctl restart user@$(id -u).service && " +
            "systemd-run --user --pipe --wait --quiet docker ps",
        },
      };
    } catch (error) {
      if (!(error instanceof CommandNotFound)) throw error;
      return { status: "skip", summary: "systemd-run is unavailable; skipping check" };
    }
  },
};
