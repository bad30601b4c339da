import type { WorkerMessage } from "./protocol.ts";

/** 20 messages a second are smooth, and no flood. */
export const PACE_MS = 50;

type DeltaKind = "text" | "reasoning";

export interface PacedDeltas {
  add(kind: DeltaKind, delta: string): void;
  /** Tells what is left, at once: whatever is told next comes after it. */
  flush(): void;
}

/** Tells deltas as they come, but not more often than that: those in between are put together. */
export function pacedDeltas(tell: (message: WorkerMessage) => void, everyMs: number = PACE_MS): PacedDeltas {
  let waiting: { readonly kind: DeltaKind; readonly delta: string }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    const due = waiting;
    waiting = [];
    for (const message of due) tell(message);
    return due.length > 0;
  };
  const pause = () => {
    timer = setTimeout(() => send() ? pause() : timer = undefined, everyMs);
  };
  return {
    add(kind, delta) {
      if (delta === "") return;
      const last = waiting.at(-1);
      if (last?.kind === kind) waiting.splice(-1, 1, { kind, delta: last.delta + delta });
      else waiting.push({ kind, delta });
      if (timer !== undefined) return;
      send();
      pause();
    },
    flush() {
      clearTimeout(timer);
      timer = undefined;
      send();
    },
  };
}
