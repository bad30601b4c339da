/**
 * A command in our own place: our streams, our process group, our signals.
 *
 * @module
 */
import type { AttachOptions } from "./host.ts";
import { CommandNotFound } from "./inspection.ts";

export async function attach(argv: readonly string[], { env, signals }: AttachOptions): Promise<number> {
  const [program, ...args] = argv;
  const child = started(program!, args, env);
  const forwards = signals.map((signal) => {
    const forward = () => {
      try {
        child.kill(signal);
      } catch {
        // It has ended by itself.
      }
    };
    Deno.addSignalListener(signal, forward);
    return () => Deno.removeSignalListener(signal, forward);
  });
  try {
    return (await child.status).code;
  } finally {
    for (const stop of forwards) stop();
  }
}

function started(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env: { ...env },
      stdin: "inherit",
      stdout: "inherit",
      stderr: "inherit",
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new CommandNotFound(program);
    throw error;
  }
}
