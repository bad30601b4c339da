/**
 * Running a program on the real machine, in a process group of its own so that nothing it started is left behind.
 *
 * @module
 */
import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import { readCapped } from "./capped_stream.ts";
import { readEnvironment } from "./deno_environment.ts";
import { endGroup, spawn } from "./deno_process_group.ts";
import type { CommandOutput } from "./inspection.ts";

const MAX_COMMAND_OUTPUT_BYTES = 64 * 1024;

export async function run(argv: readonly string[], signal?: AbortSignal): Promise<CommandOutput> {
  signal?.throwIfAborted();
  const child = spawn(argv, { env: childEnvironment() });
  const finished = Promise.all([
    child.status,
    readCapped(child.stdout, MAX_COMMAND_OUTPUT_BYTES),
    readCapped(child.stderr, MAX_COMMAND_OUTPUT_BYTES),
  ]);
  const aborted = Promise.withResolvers<"aborted">();
  const onAbort = () => aborted.resolve("aborted");
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const outcome = await Promise.race([finished, aborted.promise]);
    if (outcome !== "aborted") return { code: outcome[0].code, stdout: outcome[1], stderr: outcome[2] };
    await endGroup(child, finished);
    throw signal!.reason;
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

<<<<<<< HEAD
function spawn(program: string, args: readonly string[]): Deno.ChildProcess {
  try {
    return new Deno.Command(program, {
      args: [...args],
      clearEnv: true,
      env: childEnvironment(),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: true,
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new CommandNotFound(program);
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    // The grant is for the files that absolute folders of PATH held at the start.
    throw new Error(`Cannot run "${program}": write folders of PATH that start with /, then try again`);
  }
}

/** `ChildProcess.kill` leaves grandchildren and `Deno.kill` needs every program: so `kill` and a process group. */
async function endGroup(child: Deno.ChildProcess, finished: Promise<unknown>): Promise<void> {
  child.unref();
  const ended = finished.catch(() => {});
  if (Deno.build.os !== "windows") {
    await signalGroup(child.pid, "TERM");
    await within(GRACE_MS, ended);
    await signalGroup(child.pid, "KILL");
  }
  try {
    child.kill("SIGKILL");
  } catch {
    // It has ended by itself.
  }
  await within(GRACE_MS, ended);
}

async function within(ms: number, ended: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.resolve(), ms);
  await Promise.race([ended, late.promise]);
  clearTimeout(timer);
}

async function signalGroup(pid: number, signal: "TERM" | "KILL"): Promise<void> {
  try {
    await new Deno.Command("kill", { args: [`-${signal}`, "--", `-${pid}`], stdout: "null", stderr: "null" })
      .output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

=======
>>>>>>> 2a43b962a5d074f9a33d38e50307877bd9d27ca9
function childEnvironment(): Record<string, string> {
  const names = ENVIRONMENT_NAMES.filter((entry) => entry.forChildren).map((entry) => entry.name);
  const pairs = names.map((name) => [name, readEnvironment(name)] as const);
  const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  // Messages are matched by their English text.
  return { ...Object.fromEntries(known), LC_ALL: "C" };
}
