/**
 * The tokens of `channel add`: from stdin, a file, the environment, or (with a warning) the command line.
 *
 * Stdin and the command line write the token itself into autopilot.toml (0600). A file and a variable are
 * written as references (`token_file`, `token_env`), so that the token stays in one place.
 *
 * @module
 */
import { CHANNEL_TYPES, type ChannelType } from "../config/channel_schema.ts";
import { readSecret, type SecretSource, sourceOf } from "../config/secret_source.ts";
import { EXIT, UserError } from "../domain/error.ts";
import type { Cli } from "./cli.ts";

/** The keys to write into `[channels.TYPE]`; none for a token that `before` has and no flag names. */
export async function channelTokens(
  cli: Cli,
  type: ChannelType,
  options: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> {
  const { tokens } = CHANNEL_TYPES.find((known) => known.type === type)!;
  refuseForeign(type, tokens.map(({ key }) => key), options);
  if (tokens.filter(({ key }) => options[camel(`${key}_stdin`)]).length > 1) {
    throw usage(
      "Cannot read two tokens from stdin: it is one text",
      "give the other one with --app-token-file or SLACK_APP_TOKEN",
    );
  }
  const written: Record<string, string> = {};
  for (const { key, variable } of tokens) {
    Object.assign(written, await oneToken(cli, type, key, variable, options, before));
  }
  return written;
}

async function oneToken(
  cli: Cli,
  type: ChannelType,
  key: string,
  variable: string,
  options: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Promise<Record<string, string>> {
  const flag = `--${key.replaceAll("_", "-")}`;
  const direct = options[camel(key)];
  const file = options[camel(`${key}_file`)];
  const stdin = options[camel(`${key}_stdin`)];
  const given = [direct, file, stdin].filter((value) => value !== undefined).length;
  if (given > 1) {
    throw usage(
      `Cannot use more than one of ${flag}, ${flag}-file and ${flag}-stdin`,
      `use ${flag}-file alone`,
    );
  }
  if (typeof direct === "string") {
    cli.terminal.warn(
      `${flag} is visible in ps and in the shell's history; use ${flag}-stdin or ${flag}-file`,
    );
    return { [key]: notBlank(direct, flag) };
  }
  if (stdin) return { [key]: notBlank(await cli.host.console.readIn(), `${flag}-stdin`) };
  if (typeof file === "string") return { [`${key}_file`]: await usableFile(cli, file, flag) };
  if (sourceOf(before, key)) return {};
  if (cli.host.env(variable)?.trim()) return { [`${key}_env`]: variable };
  throw usage(
    `Cannot add channel ${type}: no ${key.replaceAll("_", " ")} was given`,
    `give ${flag}-file PATH or ${flag}-stdin, or set ${variable}`,
  );
}

function notBlank(text: string, flag: string): string {
  const token = text.trim();
  if (token === "" || /\s/.test(token)) {
    throw usage(
      `Cannot use ${flag}: it ${token === "" ? "is blank" : "has several words"}, must be a token`,
      `${flag} takes the token alone`,
    );
  }
  return token;
}

async function usableFile(cli: Cli, path: string, flag: string): Promise<string> {
  const real = await cli.host.realPath(path);
  if (!real) {
    throw usage(
      `Cannot use ${flag}-file ${path}: there is no such file`,
      "give the path of a file that holds the token",
    );
  }
  const source: SecretSource = { from: "file", path: real };
  if (!await readSecret(source, cli.host)) {
    throw usage(`Cannot use ${flag}-file ${path}: it is empty`, "put the token into it");
  }
  return real;
}

/** `--bot-token` is for Slack, `--token` for the others: the wrong one must not be dropped silently. */
function refuseForeign(
  type: ChannelType,
  keys: readonly string[],
  options: Readonly<Record<string, unknown>>,
): void {
  const all = [...new Set(CHANNEL_TYPES.flatMap(({ tokens }) => tokens.map(({ key }) => key)))];
  const foreign = all.filter((key) => !keys.includes(key)).flatMap((
    key,
  ) => [key, `${key}_file`, `${key}_stdin`])
    .find((name) => options[camel(name)] !== undefined);
  if (!foreign) return;
  const flags = keys.map((key) => `--${key.replaceAll("_", "-")}-file`).join(" and ");
  throw usage(`Cannot use --${foreign.replaceAll("_", "-")} with ${type}`, `${type} takes ${flags}`);
}

function camel(key: string): string {
  return key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { hint, exitCode: EXIT.usage });
}
