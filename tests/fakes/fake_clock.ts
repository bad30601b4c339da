import FakeTimers from "@sinonjs/fake-timers";

export interface FakeClock extends Disposable {
  /** Lets that much time pass, and what was waiting for it happen. */
  pass(ms: number): Promise<void>;
}

/** Time that passes when a test says so: timers and `Date`, until disposed. */
export function fakeClock(now: Date = new Date("2026-11-22T12:00:00Z")): FakeClock {
  const clock = FakeTimers.install({ now, toFake: ["setTimeout", "clearTimeout", "Date"] });
  return {
    pass: async (ms) => void await clock.tickAsync(ms),
    [Symbol.dispose]: () => clock.uninstall(),
  };
}
