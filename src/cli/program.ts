import { Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { completionHelp } from "./completion.ts";
import { examples } from "./leaf.ts";
import type { Terminal } from "./terminal.ts";

const EXIT_CODES = `
Exit codes:
  0  done
  1  it ran and failed, or a probe blocks (--strict: or warns)
  2  the command line is wrong, or the command cannot start
  10  paused for an approval
  130  interrupted`;

type Loading = (start: Start) => Promise<unknown>;

/** In the order of the help. Each is loaded when it is meant: a server has no use for the schemas of the rest. */
const COMMANDS: Readonly<Record<string, Loading>> = {
  approvals: async (start) => (await import("./approvals.ts")).approvalsCommand(start),
  audit: async (start) => (await import("./audit.ts")).auditCommand(start),
  autopilot: async (start) => (await import("./autopilot.ts")).autopilotCommand(start),
  config: async (start) => (await import("./config.ts")).configCommand(start),
  doctor: async (start) => (await import("./doctor.ts")).doctorCommand(start),
  mcp: async (start) => (await import("./mcp.ts")).mcpCommand(start),
  model: async (start) => (await import("./model.ts")).modelCommand(start),
  preflight: async (start) => (await import("./preflight.ts")).preflightCommand(start),
  run: async (start) => (await import("./run_command.ts")).runCommand(start),
  sandbox: async (start) => (await import("./sandbox.ts")).sandboxCommand(start),
  secrets: async (start) => (await import("./secrets.ts")).secretsCommand(start),
  serve: async (start) => (await import("./serve.ts")).serveCommand(start),
  sessions: async (start) => (await import("./sessions.ts")).sessionsCommand(start),
  state: async (start) => (await import("./state.ts")).stateCommand(start),
  token: async (start) => (await import("./token.ts")).tokenCommand(start),
  warden: async (start) => (await import("./warden.ts")).wardenCommand(start),
  version: async (start) => (await import("./version.ts")).versionCommand(start),
};

export interface ProgramParts {
  readonly version: string;
  /** commander's own output goes through it. */
  readonly terminal: Terminal;
  readonly start: Start;
  /** Whether `completion` is explained; not with {@linkcode addCompletion}, which makes the real one. */
  readonly withCompletion: boolean;
}

/**
 * The command line: of the one command that the first of `words` names, or whole where it names none, for help
 * and suggestions.
 */
export async function buildProgram(
  { version, terminal, start, withCompletion }: ProgramParts,
  words: readonly string[],
): Promise<Command> {
  const program = new Command("stakpak")
    .description("An always-on DevOps agent that never holds a production key.")
    .version(version, "-V, --version", "print the version")
    .option("--profile <name>", "the profile meant (default: $STAKPAK_PROFILE, or default)")
    .option("--config <path>", "another config.toml (default: ~/.stakpak/config.toml)")
    .option("--debug", "say on stderr what is asked of the machine")
    .option("--no-color", "no colour")
    .enablePositionalOptions()
    .helpCommand("help [command]", "show the help of a command")
    .addHelpText(
      "after",
      examples(
        "stakpak doctor",
        'stakpak run "Which services failed today?"',
        "stakpak preflight --format json",
      ),
    )
    .addHelpText("after", EXIT_CODES) as unknown as Command;
  const [first = ""] = words;
  const meant = Object.hasOwn(COMMANDS, first) ? [COMMANDS[first]!] : Object.values(COMMANDS);
  const commands = await Promise.all(meant.map((load) => load(start)));
  if (withCompletion) commands.splice(-1, 0, completionHelp());
  for (const command of commands) program.addCommand(command as unknown as Command);
  return withManners(program, terminal);
}

/** Errors go to stderr and name the help; nobody but `main.ts` ends the process. */
function withManners(command: Command, terminal: Terminal): Command {
  command.exitOverride().showSuggestionAfterError(true).showHelpAfterError(`hint: ${pathOf(command)} --help`);
  command.configureOutput({
    writeOut: (text) => terminal.print(text),
    writeErr: (text) => terminal.note(text.trimEnd()),
    getOutHelpWidth: () => terminal.columns,
    getErrHelpWidth: () => terminal.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  for (const child of command.commands) withManners(child as unknown as Command, terminal);
  return command;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent as Command)} ${command.name()}` : command.name();
}
