import type { Check, Report } from "../../src/probes/report.ts";

const CHECKS: readonly Check[] = [
  check("config_files", "Configuration files", "configuration", {
    status: "pass",
    summary: "Both files load",
    details: ["~/.stakpak/config.toml", "~/.stakpak/autopilot.toml"],
  }),
  check("credentials", "Credentials", "configuration", {
    status: "block",
    summary: "No provider credentials configured",
    fix: {
      summary: "Set a key, or add a [profiles.default.providers] table",
      command: "export ANTHROPIC_API_KEY=…",
    },
  }),
  check("docker_installed", "Docker", "docker", { status: "pass", summary: "Docker is installed (29.1)" }),
  check("docker_accessible", "Docker daemon access", "docker", {
    status: "block",
    summary: "Docker refuses this user: /var/run/docker.sock, mode 0660",
    details: ["permission denied while trying to connect\n::error::<socket> | `docker ps` & 100%"],
    fix: {
      summary: "Let this user talk to Docker, then log in again",
      command: 'sudo usermod -aG docker "$USER"',
    },
  }),
  check("docker_user_systemd", "Docker from the user's systemd", "docker", {
    status: "skip",
    summary: "Skipped: docker_accessible did not pass",
  }),
  check("memory", "Memory", "machine", {
    status: "warn",
    summary: "Low memory: 1024 MB RAM and no swap",
    fix: { summary: "Use a machine with 2 GB, or add swap" },
    acknowledged: { reason: "replaced in January | see OPS-12", until: "2027-01-31" },
  }),
  check("systemd_linger", "Lingering", "service", {
    status: "warn",
    summary: "Services of ada end when ada logs out",
    fix: { summary: "Let them linger", command: "loginctl enable-linger ada" },
  }),
];

/** Every status, an acknowledged warning, details of several lines and with syntax of every format. */
export const SAMPLE_REPORT: Report = {
  schema: 1,
  version: "0.1.0",
  mode: "startup",
  ok: false,
  summary: { block: 2, warn: 2, pass: 2, skip: 1, acknowledged: 1 },
  durationMs: 1234,
  checks: CHECKS,
};

function check(
  id: string,
  title: string,
  category: Check["category"],
  rest: Pick<Check, "status" | "summary" | "details" | "fix" | "acknowledged">,
): Check {
  return { id, title, category, ...rest, docs: `docs/probes.md#${id}`, durationMs: 12 };
}
