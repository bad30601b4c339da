import { CommandNotFound, type Inspection } from "../host/inspection.ts";
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

/** A docker that hangs is killed before the probe's deadline, and at once when the unit is stopped. */
const LIMITS = ["--property=RuntimeMaxSec=9", "--property=KillSignal=SIGKILL"];
const OPTIONS = ["--pipe", "--wait", "--quiet", "--collect", ...LIMITS];
const STOP_LIMIT_MS = 1_000;

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
    // Two doctors at once need two names.
    const unit = `stakpak-doctor-${host.now().getTime()}.service`;
    try {
      const argv = ["systemd-run", "--user", `--unit=${unit}`, ...OPTIONS, ...variables, "docker", "ps"];
      const output = await host.run(argv, signal);
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
      if (signal.aborted) await stop(host, unit);
      if (!(error instanceof CommandNotFound)) throw error;
      return { status: "skip", summary: "systemd-run is unavailable; skipping check" };
    }
  },
};

/** systemd-run leaves its unit behind when it is ended. What cannot be stopped here reaches its limit. */
async function stop(host: Inspection, unit: string): Promise<void> {
  const argv = ["systemctl", "--user", "stop", unit];
  await host.run(argv, AbortSignal.timeout(STOP_LIMIT_MS)).catch(() => {});
}
