import type { Box, LaunchRequest, LaunchStep } from "./box.ts";

/** Which step a launch is in, and how long each took. */
export interface StepClock {
  /** Ends the step before, and starts this one. */
  begin(step: LaunchStep): void;
  /** Ends the last one. */
  end(): void;
  /** A step beside others. */
  run<T>(step: LaunchStep, work: () => Promise<T>): Promise<T>;
  /** The one that is under way, or that failed last. */
  step(): LaunchStep;
  timings(): Box["timings"];
}

export function stepClock(onStep: LaunchRequest["onStep"]): StepClock {
  const timings: { step: LaunchStep; ms: number }[] = [];
  let current: LaunchStep = "identity";
  let since: number | undefined;
  const add = (step: LaunchStep, from: number) => {
    const ms = performance.now() - from;
    timings.push({ step, ms });
    onStep?.(step, ms);
  };
  const end = () => {
    if (since !== undefined) add(current, since);
    since = undefined;
  };
  return {
    end,
    begin(step) {
      end();
      current = step;
      since = performance.now();
    },
    async run(step, work) {
      current = step;
      const from = performance.now();
      try {
        const result = await work();
        add(step, from);
        return result;
      } catch (error) {
        current = step;
        throw error;
      }
    },
    step: () => current,
    timings: () => timings,
  };
}
