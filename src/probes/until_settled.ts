import type { ProbeAnswer } from "./run.ts";

const FIRST_PAUSE_MS = 1_000;
/** Often enough to notice a daemon that has come up, seldom enough not to be in its way. */
const LONGEST_PAUSE_MS = 10_000;

export interface Waiting {
  /** At most this long, in milliseconds. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  /** Told before each pause what is waited for. */
  say(line: string): void;
  readonly clock?: Clock;
}

/** Time, so that tests need not wait for it. */
export interface Clock {
  nowMs(): number;
  /** Rejects with the signal's reason when it aborts. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Asks again while something blocks that may heal by itself, with growing pauses.
 * Stops at once when a block is there that waiting cannot mend.
 */
export async function untilSettled(
  ask: () => Promise<ProbeAnswer[]>,
  { waitMs, signal, say, clock = systemClock }: Waiting,
): Promise<ProbeAnswer[]> {
  const end = clock.nowMs() + waitMs;
  let pauseMs = FIRST_PAUSE_MS;
  while (true) {
    const answers = await ask();
    const blocks = answers.filter(({ result }) => result.status === "block");
    const healing = blocks.filter(({ result }) => result.status === "block" && result.transient);
    const leftMs = end - clock.nowMs();
    if (blocks.length === 0 || healing.length < blocks.length || leftMs <= 0) return answers;
    const nowMs = Math.min(pauseMs, leftMs);
    const reasons = healing.map(({ probe, result }) => `${probe.id}: ${result.summary}`).join("; ");
    say(`waiting for ${reasons} (asking again in ${seconds(nowMs)}, ${seconds(leftMs)} left)`);
    await clock.pause(nowMs, signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`;
}

const systemClock: Clock = {
  nowMs: () => performance.now(),
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      }, ms);
      signal.addEventListener("abort", onAbort, { once: true });
    }),
};
