/**
 * A command in our own place: our streams, our process group, our signals.
 *
 * @module
 */
import { CommandNotFound } from "./inspection.ts";

const FORWARDED: readonly Deno.Signal[] = ["SIGHUP", "SIGTERM", "SIGUSR1", "SIGUSR2"];
/** A terminal sends these to the whole group: handed on, they would come twice. */
const OF_TERMINALS: readonly Deno.Signal[] = ["SIGINT", "SIGQUIT"];

export async function attach(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const onTerminal = Deno.stdin.isTerminal();
  let child: Deno.ChildProcess | undefined;
  // Before the command is there: a signal that it provokes with its first word would end us in its place.
  const taken = [...FORWARDED, ...OF_TERMINALS].map((signal) => {
    const take = () => {
      if (onTerminal && OF_TERMINALS.includes(signal)) return;
      try {
        child?.kill(signal);
      } catch {
        // It has ended by itself.
      }
    };
    Deno.addSignalListener(signal, take);
    return () => Deno.removeSignalListener(signal, take);
  });
  try {
    child = started(argv, env);
    return (await child.status).code;
  } finally {
    for (const giveBack of taken) giveBack();
  }
}

function started(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program!, {
      args,
      env: { ...env },
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new CommandNotFound(program!);
    throw error;
  }
}
