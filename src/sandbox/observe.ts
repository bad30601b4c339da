/**
 * What the monitor of a shared box makes of what it sees. Pure: it decides, `persistent_source.ts` acts.
 *
 * @module
 */
import type { SandboxState } from "./source.ts";

/** Source: DESIGN §9. */
export const MONITOR_LIMITS = {
  checkEveryMs: 30_000,
  /** Checks that fail one after the other until the box is replaced. */
  failures: 3,
  /** Boxes that are made in its place, until it has been well for `refillAfterMs`. */
  attempts: 5,
  refillAfterMs: 600_000,
  /** Before the second attempt; doubled before each one after that, up to `longestPauseMs`. */
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
  /** After a renewal that failed: the box in use has days left. */
  renewAgainMs: 600_000,
} as const;

export type MonitorLimits = { readonly [Name in keyof typeof MONITOR_LIMITS]: number };

/** Times are milliseconds since 1970. */
export interface Watched {
  readonly phase: "up" | "down" | "given up";
  readonly consecutiveOk: number;
  readonly consecutiveFailures: number;
  readonly lastOk?: number;
  readonly lastError?: string;
  readonly totalRespawnAttempts: number;
  readonly attemptsLeft: number;
  /** Before the next attempt. */
  readonly pauseMs: number;
  /** Since when every check was well. */
  readonly wellSince: number;
  /** When the box wants new certificates. */
  readonly renewAt: number;
}

export type MonitorEvent =
  & { readonly at: number }
  & (
    | { readonly what: "ping ok" | "time passed" }
    | { readonly what: "ping failed" | "box ended"; readonly error: string }
    /** Answers `respawn` and `renew`. `renewAt`: when four fifths of the new certificates' life are over. */
    | { readonly what: "respawned"; readonly renewAt: number }
    /** Answers `respawn` and `renew`. An attempt that no engine was there for costs nothing. */
    | { readonly what: "respawn failed"; readonly error: string; readonly engineDown: boolean }
  );

export type MonitorAction =
  /** Say `time passed` then, unless the box ends before. */
  | { readonly act: "wait"; readonly ms: number }
  | { readonly act: "ping" }
  /** End the box and make another. */
  | { readonly act: "respawn" }
  /** Make another box, and then let this one go when nobody uses it any more. */
  | { readonly act: "renew" }
  /** Nothing more is tried. */
  | { readonly act: "give up" };

export interface Observation {
  readonly state: Watched;
  readonly action: MonitorAction;
}

/** A box that has just come up. */
export function firstWatch(at: number, renewAt: number, limits: MonitorLimits): Watched {
  return {
    phase: "up",
    consecutiveOk: 1,
    consecutiveFailures: 0,
    lastOk: at,
    totalRespawnAttempts: 0,
    attemptsLeft: limits.attempts,
    pauseMs: 0,
    wellSince: at,
    renewAt,
  };
}

/** What is known after `event`, and what to do now. */
export function observe(state: Watched, event: MonitorEvent, limits: MonitorLimits): Observation {
  if (state.phase === "given up") return { state, action: { act: "give up" } };
  const later: MonitorAction = { act: "wait", ms: limits.checkEveryMs };
  switch (event.what) {
    case "time passed":
      if (state.phase === "down") return respawn(state, limits);
      return { state, action: { act: event.at >= state.renewAt ? "renew" : "ping" } };
    case "ping ok":
      return { state: well(state, event.at, limits), action: later };
    case "respawned":
      return { state: { ...well(state, event.at, limits), renewAt: event.renewAt }, action: later };
    case "ping failed": {
      const ill = unwell(state, event.error);
      return ill.consecutiveFailures < limits.failures ? { state: ill, action: later } : replace(ill, limits);
    }
    case "box ended":
      return replace(unwell(state, event.error), limits);
    case "respawn failed": {
      const lastError = event.error;
      if (state.phase === "up") {
        return { state: { ...state, lastError, renewAt: event.at + limits.renewAgainMs }, action: later };
      }
      const attemptsLeft = state.attemptsLeft + (event.engineDown ? 1 : 0);
      return replace({ ...unwell(state, lastError), attemptsLeft }, limits);
    }
  }
}

/** As it is shown. */
export function stateOf(watched: Watched): SandboxState {
  const { phase, consecutiveOk, consecutiveFailures, lastOk, lastError, totalRespawnAttempts } = watched;
  return {
    mode: "persistent",
    healthy: phase === "up" && consecutiveFailures === 0,
    consecutiveOk,
    consecutiveFailures,
    ...(lastOk !== undefined && { lastOk: new Date(lastOk).toISOString() }),
    ...(lastError !== undefined && { lastError }),
    totalRespawnAttempts,
    gaveUp: phase === "given up",
  };
}

function well({ lastError: _, ...state }: Watched, at: number, limits: MonitorLimits): Watched {
  const wellSince = state.phase === "up" && state.consecutiveFailures === 0 ? state.wellSince : at;
  const refilled = at - wellSince >= limits.refillAfterMs;
  return {
    ...state,
    phase: "up",
    consecutiveOk: state.consecutiveOk + 1,
    consecutiveFailures: 0,
    lastOk: at,
    wellSince,
    ...(refilled && { attemptsLeft: limits.attempts, pauseMs: 0 }),
  };
}

function unwell(state: Watched, lastError: string): Watched {
  const consecutiveFailures = state.consecutiveFailures + 1;
  return { ...state, consecutiveOk: 0, consecutiveFailures, lastError };
}

/** There is no box worth keeping. */
function replace(state: Watched, limits: MonitorLimits): Observation {
  if (state.attemptsLeft === 0) {
    const lastError = `Gave up after ${limits.attempts} attempts: ${state.lastError}`;
    return { state: { ...state, phase: "given up", lastError }, action: { act: "give up" } };
  }
  const down: Watched = { ...state, phase: "down" };
  return state.pauseMs === 0
    ? respawn(down, limits)
    : { state: down, action: { act: "wait", ms: state.pauseMs } };
}

function respawn(state: Watched, { firstPauseMs, longestPauseMs }: MonitorLimits): Observation {
  const attempted: Watched = {
    ...state,
    totalRespawnAttempts: state.totalRespawnAttempts + 1,
    attemptsLeft: state.attemptsLeft - 1,
    pauseMs: state.pauseMs === 0 ? firstPauseMs : Math.min(2 * state.pauseMs, longestPauseMs),
  };
  return { state: attempted, action: { act: "respawn" } };
}
