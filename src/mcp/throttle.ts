export interface Throttled extends Disposable {
  /** Passes the newest message on, now or when its time has come; those in between are dropped. */
  say(message: string): void;
}

/** At most one message every `intervalMs`, the last one included. After disposing, none. */
export function throttle(intervalMs: number, pass: (message: string) => void): Throttled {
  let waiting: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    timer = undefined;
    if (waiting === undefined) return;
    const message = waiting;
    waiting = undefined;
    timer = setTimeout(next, intervalMs);
    pass(message);
  };
  return {
    say(message) {
      waiting = message;
      if (timer === undefined) next();
    },
    [Symbol.dispose]() {
      clearTimeout(timer);
      waiting = undefined;
      // Not `undefined`: whoever speaks after the end is not heard.
      timer = 0 as unknown as typeof timer;
    },
  };
}
