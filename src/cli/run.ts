/**
 * One command from its words to its exit code.
 *
 * Parses, drops the grants that the command does not need, runs it, and turns whatever is thrown into the two
 * lines that a user reads. Nothing below calls `exit`.
 *
 * @module
 */
import { Command, CommanderError } from "@commander-js/extra-typings";
import { statePaths } from "../config/paths.ts";
import { placeOf } from "../config/problem.ts";
import { usualProfile } from "../config/profile_names.ts";
import { EXIT, UserError } from "../domain/error.ts";
import { BrokenPipe, type Grant, type Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { shellWord } from "../host/shell_word.ts";
import { addEnvironmentSecrets, addFileSecrets } from "../secrets/known_values.ts";
import { Redactor } from "../secrets/redactor.ts";
import type { Action, Cli, Start } from "./cli.ts";
import { addCompletion, asksForCompletion } from "./completion.ts";
import { grantText, heldGrants, unneeded } from "./drop_grants.ts";
import type { GlobalOptions } from "./leaf.ts";
import { pathTrouble } from "./path_trouble.ts";
import { buildProgram } from "./program.ts";
import { type Terminal, terminalOn } from "./terminal.ts";

/** The process around a command. */
export interface Surroundings {
  readonly host: Host;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Told how long the command may take to end once `signal` has aborted. Absent: nobody ends it. */
  mayEndWithin?(ms: number): void;
}

/** Runs the command that `argv` (without the program) names. Never rejects. */
export async function runCli(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { host, version, signal } = surroundings;
  const redactor = new Redactor();
  addEnvironmentSecrets(redactor, host);
  const redact = (text: string) => redactor.redact(text);
  const color = !argv.includes("--no-color");
  const terminal = terminalOn(host, { color, redact });
  let exitCode: number = EXIT.ok;
  const start: Start = (command, action) =>
    command.action(async (...params: unknown[]) => {
      const args = params.slice(0, -2);
      exitCode = await runAction(command as unknown as Command, action as Action<unknown, unknown[]>, args, {
        ...surroundings,
        terminal,
        redactor,
      });
    });
  const completing = asksForCompletion(argv);
  try {
    const program = await buildProgram({ version, terminal, start, withCompletion: !completing }, argv);
    if (completing) await addCompletion(program);
    await program.parseAsync([...argv], { from: "user" });
    return exitCode;
  } catch (error) {
    return error === signal.reason ? EXIT.interrupted : endOf(error, terminal);
  }
}

async function runAction(
  command: Command,
  action: Action<unknown, unknown[]>,
  args: unknown[],
  around: Surroundings & { terminal: Terminal; redactor: Redactor },
): Promise<number> {
  const globals = globalsOf(command);
  const { terminal, redactor } = around;
  const host = globals.debug ? await debugging(around.host, terminal) : around.host;
  const dropped: string[] = [];
  const drop = async (grant: Grant) => {
    await host.drop(grant);
    dropped.push(grantText(grant));
  };
  for (const grant of unneeded(wordsOf(command))) await drop(grant);
  const paths = statePaths(host, globals.config);
  const warned = new Set<string>();
  const remembering = async <T extends { raw: unknown; value: unknown }>(loading: Promise<T>): Promise<T> => {
    const loaded = await loading;
    addFileSecrets(redactor, loaded.raw);
    const { addReferencedSecrets } = await import("../secrets/configured_secrets.ts");
    await addReferencedSecrets(redactor, host, loaded.value);
    return loaded;
  };
  const cli: Cli = {
    host,
    terminal,
    version: around.version,
    profile: globals.profile ?? usualProfile(host),
    paths,
    signal: around.signal,
    dropped,
    redact: (text) => redactor.redact(text),
    findSecrets: (text) => redactor.find(text),
    drop,
    mayEndWithin: (ms) => around.mayEndWithin?.(ms),
    loadConfig: async () => {
      const { loadConfig } = await import("../config/config_file.ts");
      return present(globals.config && paths.config, await remembering(loadConfig(host, paths)));
    },
    loadAutopilot: async () => {
      const { loadAutopilot } = await import("../config/autopilot_file.ts");
      const loaded = await remembering(loadAutopilot(host, paths));
      const { addListedSecrets } = await import("../secrets/configured_secrets.ts");
      const unread = await addListedSecrets(redactor, host, paths.home, loaded.value.secrets ?? {});
      const broken = loaded.broken.get("secrets");
      if (broken) unread.push(`Cannot redact what [secrets] lists: ${placeOf(broken)}: ${broken.message}`);
      for (const problem of new Set(unread).difference(warned)) terminal.warn(problem);
      for (const problem of unread) warned.add(problem);
      return loaded;
    },
  };
  if (globals.debug) {
    terminal.note(JSON.stringify({ message: "grants held", grants: await heldGrants(host) }));
  }
  return await action(cli, { ...command.opts(), ...globals }, ...args);
}

/** No file is no configuration yet; a file that was asked for by name and is not there is a mistake. */
function present<T extends { exists: boolean }>(path: string | undefined, loaded: T): T {
  if (path === undefined || loaded.exists) return loaded;
  throw new UserError(`Cannot read --config ${path}: there is no such file`, {
    hint: `stakpak config sample > ${shellWord(path)}`,
    exitCode: EXIT.usage,
  });
}

/** A global option counts wherever it stands; behind the command's own name it wins. */
function globalsOf(command: Command): GlobalOptions {
  const chain = [command];
  while (chain[0]!.parent) chain.unshift(chain[0]!.parent as Command);
  const given = chain.flatMap((at) =>
    Object.entries(at.opts()).filter(([name]) => at.getOptionValueSource(name as never) === "cli")
  );
  return { color: true, ...Object.fromEntries(given) };
}

/** `autopilot schedule add` */
function wordsOf(command: Command): string {
  const parent = command.parent as Command | null;
  return parent?.parent ? `${wordsOf(parent)} ${command.name()}` : command.name();
}

async function debugging(host: Host, terminal: Terminal): Promise<Host> {
  const { debugHost } = await import("../host/debug_host.ts");
  return debugHost(host, (line) => terminal.note(line));
}

function endOf(error: unknown, terminal: Terminal): number {
  if (error instanceof BrokenPipe) return EXIT.ok;
  // commander has printed its own message by then.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof UserError) {
    terminal.fail(error);
    return error.exitCode;
  }
  if (error instanceof PathError) {
    terminal.fail(pathTrouble(error, EXIT.failed));
    return EXIT.failed;
  }
  terminal.bug(error);
  return EXIT.failed;
}
