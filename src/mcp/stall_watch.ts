/** How long a command may be silent before whoever waits for it is told. */
const QUIET_MS = 5_000;
const TICK_MS = 1_000;

export interface StallWatch extends Disposable {
  /** The command has printed something. */
  heard(): void;
}

export interface StallOptions {
  readonly quietMs?: number;
  readonly tickMs?: number;
}

/** Says once a second how long a command runs, as long as it prints nothing: it may wait for an answer. */
export function stallWatch(say: (message: string) => void, options: StallOptions = {}): StallWatch {
  const { quietMs = QUIET_MS, tickMs = TICK_MS } = options;
  const start = performance.now();
  let last = start;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - last < quietMs) return;
    const seconds = Math.floor((now - start) / 1000);
    say(`__INTERACTIVE_STALL__: Running for ${seconds}s . ctrl+r to re-run in shell mode`);
  }, tickMs);
  return {
    heard: () => void (last = performance.now()),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
