import { LaunchFailed } from "../sandbox/box.ts";
import { UserError } from "../domain/error.ts";
import { leftOut } from "./left_out.ts";
import type { Probe } from "./probe.ts";

/** Only under `--live`: the one question that a look does not answer. */
export const sandboxLaunch: Probe = {
  id: "sandbox_launch",
  title: "Sandbox launch",
  category: "docker",
  occasions: ["live"],
  needs: ["docker_accessible"],
  // A handshake alone may take a minute.
  deadlineMs: 120_000,
  async check(context) {
    const { tryLaunch, signal } = context;
    if (!tryLaunch) return { status: "skip", summary: "Skipped: it starts a container, which --live allows" };
    const unknown = leftOut(context, "sandbox");
    if (unknown) return unknown;
    try {
      const timings = await tryLaunch(signal);
      const total = timings.reduce((sum, { ms }) => sum + ms, 0);
      return {
        status: "pass",
        summary: `A sandbox starts in ${Math.round(total)} ms`,
        details: timings.map(({ step, ms }) => `${step}: ${Math.round(ms)} ms`),
      };
    } catch (error) {
      if (!(error instanceof LaunchFailed || error instanceof UserError)) throw error;
      const [summary = "", ...details] = error.message.split("\n");
      const fix = { summary: error.hint ?? "Mend what the message names, then ask again" };
      return { status: "block", summary, details, transient: true, fix };
    }
  },
};
