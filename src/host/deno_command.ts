/**
 * Running a program on the real machine, in a process group of its own so that nothing it started is left behind.
 *
 * @module
 */
import { ENVIRONMENT_NAMES } from "../domain/environment.ts";
import { readCapped } from "./capped_stream.ts";
import { readEnvironment } from "./deno_environment.ts";
import { CommandNotFound, type CommandOutput } from "./inspection.ts";

const MAX_COMMAND_OUTPUT_BYTES = 64 * 1024;
/** Time a process group gets between TERM and KILL. */
const TERM_GRACE_MS = 500;

export async function run(argv: readonly string[], signal?: AbortSignal): Promise<CommandOutput> {
  signal?.throwIfAborted();
  const [program, ...args] = argv;
  const child = spawn(program!, args);
  const finished = Promise.all([
    child.status,
    readCapped(child.stdout, MAX_COMMAND_OUTPUT_BYTES),
    readCapped(child.stderr, MAX_COMMAND_OUTPUT_BYTES),
  ]);
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => {
    finished.catch(() => {});
    void endGroup(child);
    aborted.reject(signal?.reason);
  };
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const [{ code }, stdout, stderr] = await Promise.race([finished, aborted.promise]);
    return { code, stdout, stderr };
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}

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
    throw error;
  }
}

/** `ChildProcess.kill` leaves grandchildren and `Deno.kill` needs every program: so `kill` and a process group. */
async function endGroup(child: Deno.ChildProcess): Promise<void> {
  child.unref();
  const finish = () => child.kill("SIGKILL");
  try {
    if (Deno.build.os === "windows") return finish();
    await signalGroup(child.pid, "TERM");
    const timer = AbortSignal.timeout(TERM_GRACE_MS);
    const late = Promise.withResolvers<void>();
    timer.addEventListener("abort", () => late.resolve(), { once: true });
    await Promise.race([child.status, late.promise]);
    await signalGroup(child.pid, "KILL");
    finish();
  } catch {
    // Already gone.
  }
}

async function signalGroup(pid: number, signal: "TERM" | "KILL"): Promise<void> {
  try {
    await new Deno.Command("kill", { args: [`-${signal}`, "--", `-${pid}`], stdout: "null", stderr: "null" })
      .output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

function childEnvironment(): Record<string, string> {
  const names = ENVIRONMENT_NAMES.filter((entry) => entry.forChildren).map((entry) => entry.name);
  const pairs = names.map((name) => [name, readEnvironment(name)] as const);
  const known = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined);
  // Messages are matched by their English text.
  return { ...Object.fromEntries(known), LC_ALL: "C" };
}
