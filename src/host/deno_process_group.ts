import { signalByStanding } from "./deno_stand_by.ts";
import { CommandNotFound, NoRoomForProcess } from "./inspection.ts";

/** A program that is not there, that may not be run, or for which there is no room: another way is tried. */
const UNAVAILABLE = [Deno.errors.NotFound, Deno.errors.NotCapable, Deno.errors.WouldBlock];
/** Time a process group gets between TERM and KILL, and after KILL before we stop looking. */
const GRACE_MS = 500;

/** Starts `argv` with stdin closed, exactly `env`, and a process group of its own. */
export function spawn(
  argv: readonly string[],
  { env, cwd, leadsGroup = false }: {
    readonly env: Readonly<Record<string, string>>;
    readonly cwd?: string;
    /** `argv` makes the group itself. */
    readonly leadsGroup?: boolean;
  },
): Deno.ChildProcess {
  const [program, ...args] = argv;
  try {
    return new Deno.Command(program!, {
      args,
      clearEnv: true,
      env: { ...env },
      ...(cwd !== undefined && { cwd }),
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
      detached: !leadsGroup,
    }).spawn();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new CommandNotFound(program!);
    if (error instanceof Deno.errors.WouldBlock) throw new NoRoomForProcess(program!, error);
    if (!(error instanceof Deno.errors.NotCapable)) throw error;
    // The grant is for the files that absolute folders of PATH held at the start.
    throw new Error(`Cannot run "${program}": write folders of PATH that start with /, then try again`);
  }
}

/** `ChildProcess.kill` leaves grandchildren and `Deno.kill` needs every program: so `kill` and a process group. */
export async function endGroup(child: Deno.ChildProcess, finished: Promise<unknown>): Promise<void> {
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

/** Asks `child` alone to end, and waits for it; whoever it has started is for `endGroup`. */
export async function interrupt(child: Deno.ChildProcess, ms: number): Promise<void> {
  try {
    child.kill("SIGINT");
  } catch {
    // It has ended by itself.
  }
  await within(ms, child.status);
}

/** Waits for `work`, but no longer than `ms`. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.resolve(), ms);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** By the shell's own `kill` where the program may not be run, or is not there: slim images have none. */
async function signalGroup(pid: number, signal: "TERM" | "KILL"): Promise<void> {
  if (await signalByStanding(pid, signal)) return;
  const words = ["-s", signal, "--", `-${pid}`];
  const ways = [["kill", ...words], ["sh", "-c", 'kill "$@"', "sh", ...words]];
  for (const [program, ...args] of ways) {
    try {
      await new Deno.Command(program!, { args, stdin: "null", stdout: "null", stderr: "null" }).output();
      return;
    } catch (error) {
      if (!UNAVAILABLE.some((kind) => error instanceof kind)) throw error;
    }
  }
}
