/** Something that waits until a test has seen what it wants to see. */
export interface Gate {
  /** Settles when somebody has come to it. */
  readonly reached: Promise<void>;
  /** Whoever comes, or waits, goes on. */
  open(): void;
  /** Says that somebody is there; settles when it is open. */
  pass(): Promise<void>;
}

export function gate(): Gate {
  const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  return {
    reached: reached.promise,
    open: () => opened.resolve(),
    pass() {
      reached.resolve();
      return opened.promise;
    },
  };
}
