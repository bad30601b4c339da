import { Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { autopilotCommand } from "./autopilot.ts";
import { completionHelp } from "./completion.ts";
import { configCommand } from "./config.ts";
import { doctorCommand } from "./doctor.ts";
import { examples } from "./leaf.ts";
import { mcpCommand } from "./mcp.ts";
import { preflightCommand } from "./preflight.ts";
import type { Terminal } from "./terminal.ts";
import { versionCommand } from "./version.ts";

const EXIT_CODES = `
Exit codes:
  0  done
  1  it ran and failed, or a probe blocks (--strict: or warns)
  2  the command line is wrong, or the command cannot start
  10  paused for an approval
  130  interrupted`;

/** The whole command line. commander's own output goes through `terminal`. Not `withCompletion`: {@linkcode addCompletion} follows. */
export function buildProgram(
  version: string,
  terminal: Terminal,
  start: Start,
  withCompletion: boolean,
): Command {
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
      examples("stakpak autopilot doctor", "stakpak preflight --format json", "stakpak config validate"),
    )
    .addHelpText("after", EXIT_CODES) as unknown as Command;
  const commands = [
    autopilotCommand(start),
    configCommand(start),
    doctorCommand(start),
    mcpCommand(start),
    preflightCommand(start),
    ...(withCompletion ? [completionHelp()] : []),
    versionCommand(start),
  ];
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
