/**
 * One box, shared by all sessions: made at the start, watched, replaced when it is gone.
 *
 * All who use it are one trust domain; for tidiness each session has its folder and its tasks there. `observe.ts` decides what is done with the box; here it is done.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { sessionName } from "../domain/session_name.ts";
import type { Box, BoxEnd, LaunchBox } from "./box.ts";
import { leaseOn } from "./lease.ts";
import { noSandbox } from "./no_sandbox.ts";
import {
  firstWatch,
  MONITOR_LIMITS,
  type MonitorAction,
  type MonitorEvent,
  observe,
  stateOf,
  type Watched,
} from "./observe.ts";
import { pause } from "./pause.ts";
import { pingBox } from "./ping_box.ts";
import { type SharedBox, sharedBox } from "./shared_box.ts";
import type { SandboxSource } from "./source.ts";
import type { UsedBox } from "./used_box.ts";

export interface PersistentOptions {
  readonly launch: LaunchBox;
  /** Whether the container engine answers; asked when a launch has failed. Never rejects. */
  engineAnswers(signal: AbortSignal): Promise<boolean>;
  now(): Date;
  /** What happens when it gives up: `degrade` refuses leases, `exit` also settles `failed`. */
  readonly onFailure: "degrade" | "exit";
  /** Told what becomes of the box. */
  log(line: string): void;
}

export interface PersistentSource extends SandboxSource {
  /** Settles with the reason when the program is to end because there is no box to be had; else never. */
  readonly failed: Promise<string>;
}

/** Stands where an own box names its session. */
const SHARED = "shared";
/** Of a certificate's life, what is over when it is renewed. Source: DESIGN §9. */
const LIVED = 0.8;

/** Rejects with {@linkcode UserError} when the box cannot run, or with the signal's reason; nothing is left then. */
export async function startPersistent(
  options: PersistentOptions,
  signal: AbortSignal,
): Promise<PersistentSource> {
  const { launch, log, now } = options;
  const first = await launch({ session: SHARED }, signal).catch((error) => {
    signal.throwIfAborted();
    throw noSandbox(error);
  });
  const shared = sharedBox(log);
  const stop = new AbortController();
  const failed = Promise.withResolvers<string>();
  let state = firstWatch(now().getTime(), renewalOf(first, now()), MONITOR_LIMITS);
  const watching = watch(options, { shared, first: shared.put(first), state, stop: stop.signal }, (next) => {
    state = next;
    if (state.phase === "given up" && options.onFailure === "exit") failed.resolve(state.lastError!);
  });
  return {
    failed: failed.promise,
    state: () => stateOf(state),
    async lease(id, signal) {
      const session = await sessionName(id);
      signal.throwIfAborted();
      if (state.phase === "given up") throw refused(state.lastError!);
      return leaseOn({ useBox: shared.use, giveBack: () => Promise.resolve(), session });
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new Error("the sandbox is being stopped"));
      await watching;
      await shared[Symbol.asyncDispose]();
    },
  };
}

function refused(reason: string): UserError {
  return new UserError(`Cannot use the sandbox: ${reason}`, {
    hint: "see what keeps it from starting: stakpak doctor --live --only sandbox_launch",
  });
}

interface Watching {
  readonly shared: SharedBox;
  readonly first: UsedBox;
  readonly state: Watched;
  /** Ends the watch. */
  readonly stop: AbortSignal;
}

/** Does what `observe` says until it gives up or is stopped. Never rejects. */
async function watch(
  { launch, engineAnswers, now, log }: PersistentOptions,
  { shared, first, state, stop }: Watching,
  changed: (state: Watched) => void,
): Promise<void> {
  let current: UsedBox | undefined = first;
  const at = () => now().getTime();
  const waited = async (ms: number): Promise<MonitorEvent> => {
    await pause(ms, current ? AbortSignal.any([stop, current.ended]) : stop);
    return current?.ended.aborted ? endOf(current, at()) : { what: "time passed", at: at() };
  };
  const pinged = async ({ box, ended }: UsedBox): Promise<MonitorEvent> => {
    const error = await pingBox(box, AbortSignal.any([stop, ended]));
    if (ended.aborted) return endOf({ ended }, at());
    return error === undefined ? { what: "ping ok", at: at() } : { what: "ping failed", at: at(), error };
  };
  const launched = async (): Promise<MonitorEvent> => {
    try {
      const box = await launch({ session: SHARED }, stop);
      current = shared.put(box);
      return { what: "respawned", at: at(), renewAt: renewalOf(box, now()) };
    } catch (error) {
      const engineDown = !await engineAnswers(stop);
      return { what: "respawn failed", at: at(), engineDown, error: messageOf(error) };
    }
  };
  let action: MonitorAction = { act: "wait", ms: MONITOR_LIMITS.checkEveryMs };
  while (action.act !== "give up") {
    const event: MonitorEvent = await (action.act === "wait"
      ? waited(action.ms)
      : action.act === "ping"
      ? pinged(current!)
      : launched());
    if (stop.aborted) {
      return;
    }
    ({ state, action } = observe(state, event, MONITOR_LIMITS));
    if ("error" in event) {
      log(`Sandbox: ${event.error}`);
    }
    if (event.what === "respawned") {
      log("Sandbox: there is a new box");
    }
    if (state.phase !== "up") {
      shared.takeAway(state.lastError!);
      current = undefined;
    }
    changed(state);
  }
  shared.refuse(state.lastError!);
}

function endOf({ ended }: Pick<UsedBox, "ended">, at: number): MonitorEvent {
  return { what: "box ended", at, error: (ended.reason as BoxEnd).message };
}

function renewalOf({ certificatesEnd }: Box, now: Date): number {
  return now.getTime() + (certificatesEnd.getTime() - now.getTime()) * LIVED;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
