import { Command } from "@commander-js/extra-typings";

const PROFILE_MEANT = "the profile meant (default: $STAKPAK_PROFILE, or default)";

/**
 * A command that does something: it takes the global options, also behind its own name. `profile` says what
 * `--profile` is for where it is a value to write.
 */
export function leaf(
  name: string,
  description: string,
  profile: string = PROFILE_MEANT,
): Command<[], Record<string, unknown>> {
  return new Command(name).description(description)
    .option("--profile <name>", profile)
    .option("--config <path>", "another config.toml")
    .option("--debug", "say on stderr what is asked of the machine")
    .option("--no-color", "no colour") as unknown as Command<[], Record<string, unknown>>;
}

/** A command that only holds others. */
export function group(name: string, description: string): Command {
  return new Command(name).description(description).helpCommand(
    "help [command]",
    "show the help of a command",
  ) as unknown as Command;
}

export interface GlobalOptions {
  readonly profile?: string;
  readonly config?: string;
  readonly debug?: true;
  readonly color: boolean;
}

/** The last lines of a command's help. A line that starts with a blank continues the one before. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => line.startsWith(" ") ? `  ${line}` : `  $ ${line}`).join("\n")}`;
}
