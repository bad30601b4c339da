import { listenText, loopbackUrl } from "../config/listen.ts";
import { leftOut } from "./left_out.ts";
import { askServer, record } from "./our_server.ts";
import type { Probe, ProbeResult } from "./probe.ts";

/** Whether the autopilot that should be running is, and has a box to work in. */
export const serverHealth: Probe = {
  id: "server_health",
  title: "Server health",
  category: "service",
  occasions: ["doctor"],
  async check(context) {
    const unknown = leftOut(context, "server");
    if (unknown) return unknown;
    const server = await askServer(context);
    if (server.who === "nobody") {
      return {
        status: "skip",
        summary: "Server health endpoint not reachable (not running is OK before start)",
      };
    }
    if (server.who === "other") {
      return {
        status: "warn",
        summary: `Another program answers on ${listenText(context.listen)}`,
        details: server.details,
        fix: {
          summary: "Stop it, or choose another bind address",
          command: context.host.os === "windows"
            ? `Invoke-WebRequest ${loopbackUrl(context.listen)}/v1/health`
            : `curl -sSm 5 ${loopbackUrl(context.listen)}/v1/health`,
        },
      };
    }
    return sandboxState(record(server.health.sandbox));
  },
};

/** `healthy` is absent where boxes are ephemeral, and null until the first check. */
function sandboxState({ healthy, mode }: Readonly<Record<string, unknown>>): ProbeResult {
  const reachable = "Server health endpoint reachable";
  const fix = { summary: "Read why, then restart", command: "stakpak autopilot logs -c server -n 50" };
  if (healthy === false) {
    return { status: "block", summary: `${reachable}, but its sandbox is unhealthy`, transient: true, fix };
  }
  if (healthy === null) {
    return {
      status: "warn",
      summary: `${reachable}, but its sandbox has not answered yet`,
      transient: true,
      fix,
    };
  }
  const details = typeof mode === "string" ? [`sandbox mode: ${mode.slice(0, 40)}`] : [];
  return { status: "pass", summary: reachable, details };
}
