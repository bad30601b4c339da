/**
 * A box for each session: made at its first tool call, ended with it, or when nobody has used it for a while.
 *
 * @module
 */
import { UserError } from "../domain/error.ts";
import { ToolboxGone } from "../domain/toolbox.ts";
import type { Box, LaunchBox } from "./box.ts";
import { leaseOn } from "./lease.ts";
import { type Places, places } from "./places.ts";
import { type SessionBox, sessionBox } from "./session_box.ts";
import type { SandboxSource, SandboxState } from "./source.ts";
import { unlessAborted } from "./unless_aborted.ts";

export interface EphemeralOptions {
  readonly launch: LaunchBox;
  now(): Date;
  /** A box that nobody has used for so long ends; the next call makes another. Absent: 15 minutes. */
  readonly idleMs?: number | undefined;
  /** Boxes at a time; absent: 16. A session that finds no place waits. */
  readonly most?: number;
  /** Called when a session has ended, its box with it, and before it begins again. */
  ended?(session: string): Promise<void>;
  /** Told of a box that cannot be ended, and of what `ended` rejects with. */
  log(line: string): void;
}

const IDLE_MS = 15 * 60_000;
/** As many as fit a machine of 16 GiB. */
const MOST_BOXES = 16;
/** How long a call waits for a place. */
const PLACE_WAIT_MS = 120_000;

interface Session {
  readonly box: SessionBox;
  holders: number;
}

export function ephemeralSource(options: EphemeralOptions): SandboxSource {
  const { idleMs = IDLE_MS, log } = options;
  const sessions = new Map<string, Session>();
  const endings = new Map<string, Promise<void>>();
  const launches = countedLaunches(options);
  const stop = new AbortController();
  const open = (id: string): Session => {
    const make = async (signal: AbortSignal) => {
      await unlessAborted(signal, endings.get(id) ?? Promise.resolve());
      return await launches.make(id, signal);
    };
    const session = { box: sessionBox({ make, idleMs, log }), holders: 0 };
    sessions.set(id, session);
    return session;
  };
  const close = async (id: string, { box }: Session, before?: Promise<void>) => {
    await before;
    await box[Symbol.asyncDispose]();
    await options.ended?.(id).catch((error) => log(error instanceof Error ? error.message : String(error)));
  };
  const end = (id: string, session: Session): Promise<void> => {
    if (sessions.get(id) === session) sessions.delete(id);
    const ending = close(id, session, endings.get(id)).finally(() => {
      if (endings.get(id) === ending) endings.delete(id);
    });
    endings.set(id, ending);
    return ending;
  };
  return {
    state: launches.state,
    // deno-lint-ignore require-await
    async lease(id, signal) {
      AbortSignal.any([signal, stop.signal]).throwIfAborted();
      const session = sessions.get(id) ?? open(id);
      session.holders++;
      return leaseOn({
        useBox: (signal) => session.box.use(signal),
        async giveBack() {
          session.holders--;
          if (session.holders === 0) await end(id, session);
        },
      });
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new UserError("Cannot use the sandbox: it was stopped"));
      await Promise.all([...sessions].map(([id, session]) => end(id, session)));
    },
  };
}

interface CountedLaunches {
  make(session: string, signal: AbortSignal): Promise<Box>;
  state(): SandboxState;
}

/** Launches where there is a place, and how they fared. */
function countedLaunches({ launch, now, most = MOST_BOXES }: EphemeralOptions): CountedLaunches {
  const room = places(most);
  let state: SandboxState = {
    mode: "ephemeral",
    healthy: true,
    consecutiveOk: 0,
    consecutiveFailures: 0,
    totalRespawnAttempts: 0,
    gaveUp: false,
  };
  const launched = async (session: string, signal: AbortSignal): Promise<Box> => {
    try {
      const box = await launch({ session, alone: true }, signal);
      const { lastError: _, ...rest } = state;
      const lastOk = now().toISOString();
      state = {
        ...rest,
        healthy: true,
        consecutiveOk: state.consecutiveOk + 1,
        consecutiveFailures: 0,
        lastOk,
      };
      return box;
    } catch (error) {
      signal.throwIfAborted();
      const lastError = error instanceof Error ? error.message : String(error);
      const consecutiveFailures = state.consecutiveFailures + 1;
      state = { ...state, healthy: false, consecutiveOk: 0, consecutiveFailures, lastError };
      throw new ToolboxGone(lastError, false, error);
    }
  };
  return {
    state: () => state,
    async make(session, signal) {
      const place = await placeIn(room, most, signal);
      try {
        const box = await launched(session, signal);
        void box.ended.then(() => place[Symbol.dispose]());
        return box;
      } catch (error) {
        place[Symbol.dispose]();
        throw error;
      }
    },
  };
}

async function placeIn(room: Places, most: number, signal: AbortSignal): Promise<Disposable> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(noPlace(most)), PLACE_WAIT_MS);
  try {
    return await room.take(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

function noPlace(most: number): ToolboxGone {
  const waited = `${PLACE_WAIT_MS / 60_000} minutes`;
  return new ToolboxGone(
    `Cannot make a sandbox: all ${most} are in use, and none became free within ${waited}`,
    false,
  );
}
