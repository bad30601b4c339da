export interface Pace {
  call(): void;
  stop(): void;
}

/** Calls `work` at once, and when it is called often, as often as leaves half of the time to others. */
export function ssePace(work: () => void, clock: () => number = () => performance.now()): Pace {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  const now = () => {
    waiting = undefined;
    const began = clock();
    work();
    const ended = clock();
    restUntil = ended + (ended - began);
  };
  return {
    call() {
      if (waiting !== undefined) return;
      const restMs = restUntil - clock();
      if (restMs < 1) now();
      else waiting = setTimeout(now, restMs);
    },
    stop: () => clearTimeout(waiting),
  };
}
