import type { ProbeAnswer } from "./run.ts";

const FIRST_PAUSE_MS = 1_000;
/** Often enough to notice a daemon that has come up, seldom enough not to be in its way. */
const LONGEST_PAUSE_MS = 10_000;

/**
 * Asks again while something blocks that may heal by itself, with growing pauses, for at most `waitMs`.
 * Says before each pause what it waits for. Stops at once when a block is there that waiting cannot mend.
 */
export async function untilSettled(
  ask: () => Promise<ProbeAnswer[]>,
  waitMs: number,
  signal: AbortSignal,
  say: (line: string) => void,
): Promise<ProbeAnswer[]> {
  const end = performance.now() + waitMs;
  let pauseMs = FIRST_PAUSE_MS;
  while (true) {
    const answers = await ask();
    const blocks = answers.filter(({ result }) => result.status === "block");
    const healing = blocks.filter(({ result }) => result.status === "block" && result.transient);
    const leftMs = end - performance.now();
    if (blocks.length === 0 || healing.length < blocks.length || leftMs <= 0) return answers;
    const nowMs = Math.min(pauseMs, leftMs);
    const reasons = healing.map(({ probe, result }) => `${probe.id}: ${result.summary}`).join("; ");
    say(
      `waiting for ${reasons} (asking again in ${(nowMs / 1000).toFixed(0)} s, ${
        (leftMs / 1000).toFixed(0)
      } s left)`,
    );
    await pause(nowMs, signal);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
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
  });
}
