import { ToolboxGone } from "../domain/toolbox.ts";
import type { Box, BoxEnd } from "./box.ts";
import { endingBoxes } from "./ending_boxes.ts";
import { unlessAborted } from "./unless_aborted.ts";
import { type BoxUse, type UsedBox, usedBox } from "./used_box.ts";

/** The place of the one box that everybody uses. Disposing ends every box that was put there. */
export interface SharedBox extends AsyncDisposable {
  /** The box from now on. The one before ends when its last call is over. */
  put(box: Box): UsedBox;
  /** Ends the box at once. Callers wait for the next; those who wait in vain are told why. */
  takeAway(why: string): void;
  /** There will be no other box. Callers are told so. */
  refuse(reason: string): void;
  /** Waits for a box where there is none. Rejects with `ToolboxGone`, or the signal's reason. */
  use(signal: AbortSignal): Promise<BoxUse>;
}

/** How long a call waits for the next box: several attempts of the monitor. */
const WAIT_MS = 30_000;

/** `log` is told of a box that cannot be ended. */
export function sharedBox(log: (line: string) => void): SharedBox {
  const ending = endingBoxes(log);
  const retired = new Set<UsedBox>();
  let coming = Promise.withResolvers<UsedBox>();
  let live: UsedBox | undefined;
  let last = "it has not come up";

  const end = (used: UsedBox) => {
    retired.delete(used);
    ending.end(used);
  };
  const vacate = (why: string) => {
    live = undefined;
    last = why;
    coming = Promise.withResolvers();
    // Nobody may be waiting when it is refused.
    coming.promise.catch(() => {});
  };
  return {
    put(box) {
      const before = live;
      const used = usedBox(box, (unused) => {
        if (retired.has(unused)) end(unused);
      });
      used.ended.addEventListener("abort", () => {
        if (live === used) vacate((used.ended.reason as BoxEnd).message);
        end(used);
      }, { once: true });
      if (before) vacate("it is being renewed");
      live = used;
      coming.resolve(used);
      if (before?.users === 0) end(before);
      else if (before) retired.add(before);
      return used;
    },
    takeAway(why) {
      if (!live) return;
      end(live);
      vacate(why);
    },
    refuse(reason) {
      if (live) vacate(reason);
      coming.reject(new ToolboxGone(`Cannot use the sandbox: ${reason}`, false));
    },
    use: async (signal) => (await whenUp(coming.promise, last, signal)).use(),
    async [Symbol.asyncDispose]() {
      const why = "it was stopped";
      this.takeAway(why);
      for (const used of retired) end(used);
      this.refuse(why);
      await ending[Symbol.asyncDispose]();
    },
  };
}

/** `last` says why there is none now. */
async function whenUp(coming: Promise<UsedBox>, last: string, signal: AbortSignal): Promise<UsedBox> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(lateAfter(last)), WAIT_MS);
  try {
    return await unlessAborted(AbortSignal.any([signal, late.signal]), coming);
  } finally {
    clearTimeout(timer);
  }
}

function lateAfter(last: string): ToolboxGone {
  return new ToolboxGone(
    `Cannot use the sandbox: ${last}, and no other came up within ${WAIT_MS / 1_000} s`,
    false,
  );
}
