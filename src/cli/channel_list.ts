import { CHANNEL_TYPES, type ChannelType } from "../config/channel_schema.ts";
import { type ConfigProblem, placeOf } from "../config/problem.ts";
import { isTable, type RawTable, tablesOf } from "../config/raw_tables.ts";
import { describeSource, type SecretSource, sourceOf } from "../config/secret_source.ts";
import { EXIT, type ExitCode } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { shownName } from "../domain/printable.ts";
import type { Inspection } from "../host/inspection.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { readAutopilot } from "./read_autopilot.ts";
import { table } from "./table.ts";

interface Row {
  readonly type: ChannelType;
  readonly state: "configured" | "no token" | "broken";
  readonly profile: string | null;
  /** Where each token comes from; never the token. */
  readonly tokens: string;
  readonly problem?: ConfigProblem;
}

/** `channel list`: what is in the file, and what the environment adds. */
export async function listChannels(cli: Cli, { json }: GlobalOptions & { json?: true }): Promise<ExitCode> {
  const autopilot = await readAutopilot(cli);
  const written = new Map(
    tablesOf(isTable(autopilot.raw) ? autopilot.raw : {}, "channels").map(([path, raw]) => [path[1], raw]),
  );
  const rows = CHANNEL_TYPES.map(({ type }) => type).filter((type) => written.has(type)).map((type): Row => {
    const problem = autopilot.broken.get(`channels.${type}`);
    const raw = written.get(type)!;
    const profile = typeof raw.profile === "string" ? raw.profile : null;
    if (problem) return { type, state: "broken", profile, tokens: "-", problem };
    const parsed = autopilot.value.channels?.[type] ?? {};
    const tokens = tokensOf(type, parsed, cli.host);
    return {
      type,
      state: tokens.some(isMissing) ? "no token" : "configured",
      profile,
      tokens: tokens.join(", "),
    };
  });
  if (json) cli.terminal.print(plainJson(rows));
  else if (rows.length === 0) {
    cli.terminal.note("No channels configured.\nhint: stakpak autopilot channel add --help");
  } else {cli.terminal.print(
      table(
        ["CHANNEL", "STATE", "PROFILE", "TOKEN"],
        rows.map((row) => [row.type, row.state, row.profile ? shownName(row.profile) : "-", row.tokens]),
      ),
    );}
  for (const { problem } of rows) if (problem) cli.terminal.warn(`${placeOf(problem)}: ${problem.message}`);
  return EXIT.ok;
}

const MISSING = "missing";

function isMissing(token: string): boolean {
  return token === MISSING || token.endsWith("(not set)");
}

function tokensOf(type: ChannelType, channel: RawTable, host: Inspection): string[] {
  return CHANNEL_TYPES.find((known) => known.type === type)!.tokens.map(({ key, variable }) => {
    const source: SecretSource | undefined = sourceOf(channel, key);
    if (!source) return host.env(variable) ? `$${variable}` : MISSING;
    if (source.from === "environment" && !host.env(source.name)) return `$${source.name} (not set)`;
    return source.from === "value" ? "in the file" : describeSource(source);
  });
}
