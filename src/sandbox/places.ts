import { unlessAborted } from "./unless_aborted.ts";

/** So many, and no more, at a time. */
export interface Places {
  /** A place, as soon as one is free; who came first is first. Rejects with the signal's reason. Dispose to leave. */
  take(signal: AbortSignal): Promise<Disposable>;
}

export function places(most: number): Places {
  let free = most;
  const waiting = new Set<() => void>();
  const leave = () => {
    const [first] = waiting;
    if (!first) return void free++;
    waiting.delete(first);
    first();
  };
  const taken = (): Disposable => {
    let here = true;
    return {
      [Symbol.dispose]() {
        if (here) leave();
        here = false;
      },
    };
  };
  return {
    async take(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free--;
        return taken();
      }
      const called = Promise.withResolvers<void>();
      waiting.add(called.resolve);
      try {
        await unlessAborted(signal, called.promise);
      } catch (error) {
        // Called and gone at the same time.
        if (!waiting.delete(called.resolve)) leave();
        throw error;
      }
      return taken();
    },
  };
}
