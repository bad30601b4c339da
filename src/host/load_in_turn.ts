/**
 * Lets workers load one after the other. Deno 2.9 resolves the npm packages of all workers in one queue, in which a
 * wake-up can be lost when two come at once; from then on no worker of the process loads
 * (docs/decisions/2026-11-23-workers-load-one-at-a-time.md). A bundle has no packages left to resolve.
 *
 * @module
 */

/** What is ended in the middle of its loading goes on with it for less than that, in milliseconds. */
const WINDING_UP_MS = 250;

const waiting = new Set<() => void>();
let isLoading = false;
let freeAt = 0;
let pause: ReturnType<typeof setTimeout> | undefined;

export interface LoadingTurn {
  /** It has loaded, or is gone: the next one may. */
  loaded(): void;
  /** It is no longer wanted, whether it has begun or not. */
  cancel(): void;
}

/** Calls `load` when its turn has come: now, where nothing else loads. */
export function loadInTurn(load: () => void): LoadingTurn {
  let state: "waiting" | "loading" | "over" = "waiting";
  const begin = () => {
    state = "loading";
    load();
  };
  const leave = (windingUpMs: number) => {
    const before = state;
    state = "over";
    if (before === "loading") {
      isLoading = false;
      freeAt = performance.now() + windingUpMs;
    } else waiting.delete(begin);
    next();
  };
  waiting.add(begin);
  next();
  return {
    loaded: () => state === "over" || leave(0),
    cancel: () => state === "over" || leave(WINDING_UP_MS),
  };
}

function next(): void {
  clearTimeout(pause);
  const [first] = waiting;
  if (isLoading || !first) return;
  const early = freeAt - performance.now();
  if (early > 0) {
    pause = setTimeout(next, early);
    return;
  }
  isLoading = true;
  waiting.delete(first);
  first();
}
