/**
 * The two files of a world: a profile of each kind for every wire.
 *
 * @module
 */
import type { Wire } from "./steps.ts";

/** Of each wire: the provider's name, and two of its models. */
export const MODELS: Readonly<Record<Wire, readonly [string, string]>> = {
  anthropic: ["anthropic/claude-sonnet-4-5", "anthropic/claude-opus-4-5"],
  "openai-responses": ["openai/gpt-5.1", "openai/gpt-5-mini"],
  "openai-chat": ["local/qwen-3", "local/glm-4"],
};

/** What a profile of each kind says beside its model. */
const KINDS: Readonly<Record<string, string>> = {
  /** Asks for nothing. */
  free: 'auto_approve = ["run_command", "view", "create", "str_replace", "remove"]',
  /** Asks for all but looking. */
  asks: 'auto_approve = ["view"]',
  /** Can look, whatever is asked of it. */
  report: 'allowed_tools = ["view"]\nauto_approve = ["view", "run_command"]',
  /** Has no tools at all. */
  mute: "allowed_tools = []",
  /** Is terse, and has two turns. */
  terse: 'system_prompt = "Be terse: TERSE-PROMPT."\nmax_turns = 2\nauto_approve = ["run_command", "view"]',
};

export interface WorldFiles {
  readonly url: string;
  /** The provider's key, by wire. */
  readonly keys: Readonly<Record<Wire, string>>;
  /** More of `config.toml`, of `[server]`, and of `autopilot.toml`. */
  readonly config?: string;
  readonly server?: string;
  readonly autopilot?: string;
  /** `[budget]`; absent: a million tokens a run. */
  readonly budget?: string;
}

export function profileName(wire: Wire, kind: string): string {
  return `${wire}-${kind}`;
}

export function configToml({ url, keys, config = "" }: WorldFiles): string {
  const profiles = Object.keys(MODELS).flatMap((wire) =>
    Object.entries(KINDS).map(([kind, text]) =>
      `[profiles.${profileName(wire as Wire, kind)}]\nmodel = "${MODELS[wire as Wire][0]}"\n${text}\n`
    )
  );
  return `
[profiles.all.providers.anthropic]
type = "anthropic"
api_key = "${keys.anthropic}"
api_endpoint = "${url}"
[profiles.all.providers.openai]
type = "openai"
api_key = "${keys["openai-responses"]}"
api_endpoint = "${url}/v1/responses"
[profiles.all.providers.local]
type = "custom"
api_key = "${keys["openai-chat"]}"
api_endpoint = "${url}/v1"
[profiles.default]
model = "${MODELS.anthropic[0]}"
[profiles.broken]
max_turns = 0
${profiles.join("")}
${config}
`;
}

export function autopilotToml(
  { server = "", autopilot = "", budget = "[budget]\ntokens_per_run = 1000000" }: WorldFiles,
): string {
  return `
[server]
${server}
${budget}
${autopilot}
`;
}

/** Writes both under `home`. */
export async function writeWorldFiles(home: string, files: WorldFiles): Promise<void> {
  await Deno.mkdir(`${home}/.stakpak`, { recursive: true, mode: 0o700 });
  await Deno.writeTextFile(`${home}/.stakpak/config.toml`, configToml(files), { mode: 0o600 });
  await Deno.writeTextFile(`${home}/.stakpak/autopilot.toml`, autopilotToml(files), { mode: 0o600 });
}

/** Keys that look like those of providers, and are nobody's. */
export const KEYS: Readonly<Record<Wire, string>> = {
  anthropic: "sk-ant-api03-Qw7nT2vWx5yB7cD9eF1gH3jK4mN6pQ8s",
  "openai-responses": "sk-proj-Rk9mT2vWx5yB7cD9eF1gH3jK4mN6pQ8s",
  "openai-chat": "local-key-Zu3kT2vWx5yB7cD9eF1gH3jK4mN6pQ8s",
};
