/**
 * The built-in egress of a box: one proxy in a Worker for each policy, and what keeps it there.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { Host } from "../host/host.ts";
import type { Egress, EgressOptions, StartEgress } from "./egress.ts";
import { egressPolicy } from "./egress_policy.ts";
import { type Guard, startGuard } from "./egress_guard.ts";

/** A unix path ends at 108 bytes; the rest is for the names beside it. */
const MAX_PATH_BYTES = 90;
/** Workers of older policies that still carry tunnels. The oldest of more is ended, with what it carries. */
const MAX_RETIRED = 4;
/** The first pause after a worker has failed; doubled up to the last. */
const FIRST_PAUSE_MS = 1_000;
const LAST_PAUSE_MS = 60_000;
/** After so long a worker is taken to be well. */
const WELL_MS = 10 * 60_000;

export interface EgressSurroundings {
  readonly host: Host;
  /** Told of workers that failed, in one line. */
  log(line: string): void;
  readonly pauses?: { readonly firstMs: number; readonly lastMs: number };
}

/** What starts the built-in egress on this machine. It needs read, write and net, and `sys:networkInterfaces`. */
export function builtinEgress(around: EgressSurroundings): StartEgress {
  return (options) => startEgress(around, options);
}

async function startEgress(around: EgressSurroundings, options: EgressOptions): Promise<Egress> {
  checkPath(options.socketPath);
  const keeper = keepGuards(around, options);
  await keeper.take(options.rules);
  let turn: Promise<unknown> = Promise.resolve();
  return {
    update(wanted) {
      // What is no rule changes nothing.
      egressPolicy(wanted);
      const done = turn.then(() => keeper.take(wanted));
      turn = done.catch(() => {});
      return done;
    },
    async [Symbol.asyncDispose]() {
      await turn;
      await keeper.close();
      await around.host.remove(options.socketPath);
    },
  };
}

interface Keeper {
  /** Puts a worker with these rules in the place of the one there is. */
  take(rules: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The worker whose policy is in force, those before it that still carry something, and the pauses between tries. */
function keepGuards({ host, log, pauses }: EgressSurroundings, options: EgressOptions): Keeper {
  const [first, last] = [pauses?.firstMs ?? FIRST_PAUSE_MS, pauses?.lastMs ?? LAST_PAUSE_MS];
  let pause = first;
  let count = 0;
  let closed = false;
  let rules: readonly string[] = [];
  let current: Guard | undefined;
  let retired: Guard[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trying: Promise<void> = Promise.resolve();

  const begin = async (): Promise<void> => {
    const startedAt = performance.now();
    const guard = await startGuard(host, options, rules, ++count, (reason) => {
      retired = retired.filter((other) => other !== guard);
      if (current !== guard) return;
      current = undefined;
      if (performance.now() - startedAt > WELL_MS) pause = first;
      again(reason);
    });
    current = guard;
  };
  /** Until another one listens, nothing gets out. */
  const again = (reason: string) => {
    if (closed) return;
    log(`the egress proxy of ${options.session} failed: ${reason}; starting it again in ${pause} ms`);
    timer = setTimeout(() => trying = begin().catch((error) => again(messageOf(error))), pause);
    pause = Math.min(2 * pause, last);
  };
  const settle = async () => {
    clearTimeout(timer);
    await trying;
  };
  return {
    async take(wanted) {
      if (closed) throw new Error("this egress is closed");
      await settle();
      const before = current;
      rules = wanted;
      try {
        await begin();
      } catch (error) {
        // The old policy is no longer wanted: rather none gets out. At the start, who asked is told.
        current = undefined;
        before?.end();
        await retireAll(retired, wanted);
        if (count > 1) again(messageOf(error));
        throw error;
      }
      if (before?.alive()) retired.push(before);
      if (retired.length > MAX_RETIRED) retired.shift()!.end();
      await retireAll(retired, wanted);
    },
    async close() {
      closed = true;
      await settle();
      await Promise.all([...retired, ...(current ? [current] : [])].map((guard) => guard.close()));
    },
  };
}

/** What an older policy let through, and this one does not, is cut as well. */
async function retireAll(guards: readonly Guard[], rules: readonly string[]): Promise<void> {
  await Promise.all(guards.map((guard) => guard.retire(rules)));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function checkPath(path: string): void {
  const bytes = new TextEncoder().encode(path).length;
  if (bytes <= MAX_PATH_BYTES) return;
  throw new UserError(
    `Cannot make the way out of a box: the path ${
      quotedPath(path)
    } has ${bytes} bytes, must have at most ${MAX_PATH_BYTES}`,
    { hint: "name a short folder: export STAKPAK_RUN_DIR=/run/user/1000/stakpak" },
  );
}
