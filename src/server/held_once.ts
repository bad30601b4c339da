import { unlessAborted } from "../sandbox/unless_aborted.ts";

/** Something that is made at its first use, and given back once. */
export interface HeldOnce<T> extends AsyncDisposable {
  /** It, made now where it is not there. Rejects with what making rejects with, and then the next call tries again. */
  get(signal: AbortSignal): Promise<T>;
  /** Whether it was made, or is being made. */
  isHeld(): boolean;
  /** The next call makes another; `held` is given back. */
  forget(held: T): void;
}

/** Whoever waits first may go away: `make` is ended by disposing alone. */
export function heldOnce<T extends AsyncDisposable>(make: (signal: AbortSignal) => Promise<T>): HeldOnce<T> {
  const given = new AbortController();
  const ending = new Set<Promise<void>>();
  let making: Promise<T> | undefined;
  const end = (held: T) => {
    const ended = Promise.resolve(held[Symbol.asyncDispose]()).finally(() => ending.delete(ended));
    ending.add(ended);
  };
  return {
    isHeld: () => making !== undefined,
    async get(signal) {
      given.signal.throwIfAborted();
      signal.throwIfAborted();
      const mine = making ??= make(given.signal);
      // Once for each waiter, to the same effect.
      mine.catch(() => making === mine && (making = undefined));
      return await unlessAborted(signal, mine);
    },
    forget(held) {
      const made = making;
      void made?.then((current) => {
        if (current !== held || making !== made) return;
        making = undefined;
        end(held);
      }, () => {});
    },
    async [Symbol.asyncDispose]() {
      given.abort(new Error("the tools were given back"));
      const held = await making?.catch(() => undefined);
      making = undefined;
      if (held) end(held);
      await Promise.all(ending);
    },
  };
}
