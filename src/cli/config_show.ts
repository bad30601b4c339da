import { type Credential, credentialsOf } from "../config/credentials.ts";
import { resolveProfile } from "../config/resolve_profile.ts";
import { describeSource } from "../config/secret_source.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { DEFAULT_TURNS } from "../domain/run.ts";
import { shownTool } from "../domain/tool_pattern.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** `config show`: the profile that `--profile` means, with what it inherits; secrets only by where they are. */
export async function showConfig(cli: Cli, { json }: GlobalOptions & { json?: true }): Promise<ExitCode> {
  const config = await cli.loadConfig();
  const { profile, overrides, allowedTools } = resolveProfile(config, cli.profile);
  const credentials = credentialsOf(profile, cli.host).map(credentialOf);
  const settings = config.value.settings ?? {};
  const { model, maxTurns, autoApprove, systemPrompt } = overrides;
  if (json) {
    const shown = {
      profile: cli.profile,
      file: config.file,
      model,
      maxTurns,
      allowedTools,
      autoApprove,
      systemPrompt,
      credentials,
      settings,
    };
    cli.terminal.print(plainJson(shown));
    return EXIT.ok;
  }
  const list = (tools: unknown) =>
    Array.isArray(tools) ? tools.map(shownTool).join(", ") || "none" : undefined;
  const lines: [string, string | undefined][] = [
    ["profile", `${cli.profile} (${config.file})`],
    ["model", model ?? "the server's"],
    ["max_turns", String(maxTurns ?? `${DEFAULT_TURNS} (the default)`)],
    ["allowed_tools", list(allowedTools) ?? "the default set"],
    ["auto_approve", list(autoApprove) ?? "what only looks"],
    ["system_prompt", systemPrompt ? `${[...systemPrompt].length} characters` : "none"],
    ...credentials.map(({ provider, source }): [string, string] => ["credential", `${provider}: ${source}`]),
    ["machine_name", settings.machine_name ?? "not set"],
  ];
  cli.terminal.print(lines.map(([key, value]) => `${key.padEnd(15)}${value}`).join("\n"));
  return EXIT.ok;
}

function credentialOf(
  { provider, type, setIn, source }: Credential,
): { provider: string; type: string; setIn: string; source: string } {
  return { provider, type, setIn, source: source ? describeSource(source) : "no key" };
}
