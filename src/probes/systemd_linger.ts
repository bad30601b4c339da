import { CommandNotFound, type Inspection, PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { commandDetails } from "./command_details.ts";
import type { Probe, ProbeContext, ProbeResult } from "./probe.ts";

/** Without linger systemd ends a user's services when the user logs out, and starts none at boot. */
export const systemdLinger: Probe = {
  id: "systemd_linger",
  title: "Systemd linger",
  category: "service",
  occasions: ["startup", "doctor"],
  async check(context) {
    const { host, signal } = context;
    const user = host.env("USER") || await userName(context);
    if (!user) return { status: "skip", summary: "Could not determine current user for linger check" };
    try {
      const output = await host.run(["loginctl", "show-user", user, "--property=Linger", "--value"], signal);
      if (output.code === 0) return /^(yes|true)$/i.test(output.stdout.trim()) ? ENABLED : disabled(user);
      if (await isLingering(host, user)) return ENABLED;
      // systemd knows only users who are logged in or linger.
      if (output.stderr.includes("not logged in or lingering")) return disabled(user);
      const summary = "Unable to determine linger status";
      return { status: "skip", summary, details: commandDetails(output) };
    } catch (error) {
      if (!(error instanceof CommandNotFound)) throw error;
      return { status: "skip", summary: "loginctl is unavailable; skipping linger check" };
    }
  },
};

const ENABLED: ProbeResult = { status: "pass", summary: "Systemd linger is enabled" };

function disabled(user: string): ProbeResult {
  return {
    status: "warn",
    summary: "Systemd linger is disabled; user services may stop after logout",
    fix: {
      summary: "Let this user's services run without a login",
      command: `sudo loginctl enable-linger ${shellWord(user)}`,
    },
  };
}

async function userName({ host, signal }: ProbeContext): Promise<string> {
  try {
    const { code, stdout } = await host.run(["id", "-un"], signal);
    return code === 0 ? stdout.trim() : "";
  } catch (error) {
    if (error instanceof CommandNotFound) return "";
    throw error;
  }
}

async function isLingering(host: Inspection, user: string): Promise<boolean> {
  try {
    return await host.status(`/var/lib/systemd/linger/${user}`) !== undefined;
  } catch (error) {
    if (error instanceof PathError) return false;
    throw error;
  }
}
