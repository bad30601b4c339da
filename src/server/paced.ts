export interface Paced extends Disposable {
  /** There is something to send: now, or once the time is up. */
  due(): void;
  /** Sends at once what is due. */
  flush(): void;
}

/**
 * Calls `send` when something is due, at most every so many milliseconds, and what comes after a pause that much later:
 * more of it may be on its way. Disposing forgets what is due.
 */
export function paced(everyMs: number, send: () => void, firstMs = 0): Paced {
  let isDue = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (!isDue) return;
    isDue = false;
    send();
  };
  const pause = (ms: number) => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!isDue) return;
      pause(everyMs);
      flush();
    }, ms);
  };
  return {
    due() {
      isDue = true;
      if (timer !== undefined) return;
      if (firstMs > 0) return pause(firstMs);
      pause(everyMs);
      flush();
    },
    flush,
    [Symbol.dispose]() {
      isDue = false;
      clearTimeout(timer);
    },
  };
}
