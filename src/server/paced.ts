export interface Paced extends Disposable {
  /** There is something to send: now, or once the time is up. */
  due(): void;
  /** Sends at once what is due. */
  flush(): void;
}

/** Calls `send` when something is due, at most every so many milliseconds. Disposing forgets what is due. */
export function paced(everyMs: number, send: () => void): Paced {
  let isDue = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    if (!isDue) return;
    isDue = false;
    send();
  };
  const pause = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!isDue) return;
      pause();
      flush();
    }, everyMs);
  };
  return {
    due() {
      isDue = true;
      if (timer !== undefined) return;
      pause();
      flush();
    },
    flush,
    [Symbol.dispose]() {
      isDue = false;
      clearTimeout(timer);
    },
  };
}
