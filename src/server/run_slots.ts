/** How many runs are under way at once; the others wait in the order in which they came. */
export interface RunSlots {
  /** From now on so many. Runs that are under way stay so. */
  resize(parallel: number): void;
  /** Whether one more may wait. */
  hasRoom(): boolean;
  /** Resolves when it is this one's turn; disposing lets the next one in. Rejects with the signal's reason. */
  take(signal: AbortSignal): Promise<Disposable>;
  counts(): { readonly running: number; readonly queued: number };
}

export function runSlots(parallel: number, queueMax: number): RunSlots {
  // Of each session one at most, so that none can crowd out the others.
  const queue = new Set<() => void>();
  let most = parallel;
  let taken = 0;
  const letIn = () => {
    for (const enter of queue) {
      if (taken >= most) return;
      queue.delete(enter);
      taken++;
      enter();
    }
  };
  const slot = (): Disposable => {
    let held = true;
    return {
      [Symbol.dispose]() {
        if (!held) return;
        held = false;
        taken--;
        letIn();
      },
    };
  };
  return {
    resize(parallel) {
      most = parallel;
      letIn();
    },
    hasRoom: () => taken < most || queue.size < queueMax,
    take(signal) {
      const turn = Promise.withResolvers<Disposable>();
      const leave = () => {
        queue.delete(enter);
        turn.reject(signal.reason);
      };
      const enter = () => {
        signal.removeEventListener("abort", leave);
        turn.resolve(slot());
      };
      if (signal.aborted) return Promise.reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      queue.add(enter);
      letIn();
      return turn.promise;
    },
    counts: () => ({ running: taken, queued: queue.size }),
  };
}
