/**
 * The environment variables this program reads: a closed list, plus every `STAKPAK_*`.
 *
 * The permission table grants exactly these, `${NAME}` and `*_env` in the two files accept exactly these, and
 * the ones marked `secret` are known values for redaction.
 *
 * @module
 */

export interface EnvironmentName {
  readonly name: string;
  readonly why: string;
  readonly secret?: true;
  /** Handed on to the programs we start. */
  readonly forChildren?: true;
}

export const ENVIRONMENT_NAMES: readonly EnvironmentName[] = [
  { name: "HOME", why: "where ~/.stakpak is", forChildren: true },
  { name: "USERPROFILE", why: "HOME on Windows" },
  { name: "PATH", why: "where docker and systemctl are", forChildren: true },
  { name: "USER", why: "the account named in fixes", forChildren: true },
  { name: "LANG", why: "the language of the programs we start", forChildren: true },
  { name: "XDG_RUNTIME_DIR", why: "socket folders, and the user's systemd", forChildren: true },
  { name: "DBUS_SESSION_BUS_ADDRESS", why: "the user's systemd", forChildren: true },
  { name: "DOCKER_HOST", why: "which daemon docker talks to", forChildren: true },
  { name: "DOCKER_CONTEXT", why: "which daemon docker talks to", forChildren: true },
  { name: "DOCKER_CONFIG", why: "docker's own configuration", forChildren: true },
  { name: "DOCKER_CERT_PATH", why: "docker over TLS", forChildren: true },
  { name: "DOCKER_TLS_VERIFY", why: "docker over TLS", forChildren: true },
  { name: "HTTPS_PROXY", why: "the way out of the box" },
  { name: "HTTP_PROXY", why: "the way out of the box" },
  { name: "NO_PROXY", why: "the way out of the box" },
  { name: "WSL_DISTRO_NAME", why: "whether this is WSL" },
  { name: "CI", why: "whether this is a pipeline" },
  { name: "NO_COLOR", why: "no colour" },
  { name: "TERM", why: "no colour when dumb" },
  { name: "COLUMNS", why: "the width of the terminal" },
  { name: "ANTHROPIC_API_KEY", why: "provider key", secret: true },
  { name: "ANTHROPIC_BASE_URL", why: "provider address" },
  { name: "OPENAI_API_KEY", why: "provider key", secret: true },
  { name: "OPENAI_BASE_URL", why: "provider address" },
  { name: "GEMINI_API_KEY", why: "provider key", secret: true },
  { name: "OPENROUTER_API_KEY", why: "provider key", secret: true },
  { name: "TELEGRAM_BOT_TOKEN", why: "channel token", secret: true },
  { name: "DISCORD_BOT_TOKEN", why: "channel token", secret: true },
  { name: "SLACK_BOT_TOKEN", why: "channel token", secret: true },
  { name: "SLACK_APP_TOKEN", why: "channel token", secret: true },
];

/** Whether the permission table grants reading `name`. */
export function mayReadEnvironment(name: string): boolean {
  return /^STAKPAK_\w+$/.test(name) || ENVIRONMENT_NAMES.some((entry) => entry.name === name);
}
