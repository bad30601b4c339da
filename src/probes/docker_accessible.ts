/**
 * One question to the daemon, and four ways in which it fails to answer: it refuses this user, it does not run,
 * docker is pointed elsewhere, or it takes the question and is silent.
 *
 * @module
 */
import type { CommandOutput } from "../host/inspection.ts";
import { platformOf } from "../host/platform.ts";
import { commandDetails } from "./command_details.ts";
import { joinDocker, repointDocker, restartDocker, startDocker } from "./docker_fixes.ts";
import { NO_ENDPOINT, ODD_SOCKET, OTHER_MACHINE, REFUSED } from "./docker_messages.ts";
import type { Probe, ProbeContext, ProbeResult } from "./probe.ts";
import { runWithin } from "./run_within.ts";
import { unfitDocker } from "./unfit_docker.ts";

/** Below the probe's own deadline, so that a silent daemon has its own message. */
const SILENCE_MS = 8_000;

const ASK = ["docker", "version", "-f", "{{.Server.Version}}"];

export const dockerAccessible: Probe = dockerAccessibleWithin(SILENCE_MS);

/** The probe with another patience, for tests. */
export function dockerAccessibleWithin(silenceMs: number): Probe {
  return {
    id: "docker_accessible",
    title: "Docker daemon access",
    category: "docker",
    occasions: ["startup", "doctor"],
    needs: ["docker_installed"],
    async check(context) {
      const output = await runWithin(silenceMs, context.host, ASK, context.signal);
      if (!output) {
        const summary = `Docker does not answer within ${silenceMs / 1000} s`;
        const fix = restartDocker(await platformOf(context.host));
        return { status: "block", summary, transient: true, fix };
      }
      if (output.code !== 0) return await complaint(context, output);
      const details = [`Docker daemon ${output.stdout.trim()}`];
      const unfit = await unfitDocker(context);
      if (unfit) return { ...unfit, details };
      return { status: "pass", summary: "Docker is accessible to the current user", details };
    },
  };
}

async function complaint({ host }: ProbeContext, output: CommandOutput): Promise<ProbeResult> {
  const platform = await platformOf(host);
  // An unreadable docker configuration also says "permission denied", and does no harm.
  const stderr = output.stderr.split("\n").filter((line) => !line.startsWith("WARNING:")).join("\n");
  const block = (why: string) =>
    ({
      status: "block",
      summary: `Docker is installed but not accessible: ${why}`,
      details: commandDetails({ ...output, stderr }),
    }) as const;
  const address = host.env("DOCKER_HOST") ?? "";
  const pointer = ["DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY"].find((name) => host.env(name));
  const elsewhere = repointDocker(platform, pointer);
  const named = pointer ?? "its context";
  if (NO_ENDPOINT.test(stderr)) return { ...block(`${named} names no usable daemon`), fix: elsewhere };
  const away = {
    ...block(`the daemon that ${named} names does not answer`),
    transient: true,
    fix: elsewhere,
  } as const;
  if (OTHER_MACHINE.test(`${stderr} ${address}`)) return away;
  if (REFUSED.test(stderr)) return { ...block("the daemon refuses this user"), fix: joinDocker(platform) };
  if (ODD_SOCKET.test(address)) return away;
  return { ...block("the daemon is not running"), transient: true, fix: startDocker(platform, stderr) };
}
