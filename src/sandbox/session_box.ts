import { ToolboxGone } from "../domain/toolbox.ts";
import type { Box } from "./box.ts";
import { endingBoxes } from "./ending_boxes.ts";
import { unlessAborted } from "./unless_aborted.ts";
import { type BoxUse, type UsedBox, usedBox } from "./used_box.ts";
import { watchAnswers } from "./watch_answers.ts";

export interface SessionBoxOptions {
  /** Makes the box, when it is first used and again after it has ended. */
  make(signal: AbortSignal): Promise<Box>;
  /** A box that nobody has used for so long ends. */
  readonly idleMs: number;
  /** Told of a box that does not answer, or cannot be ended. */
  log(line: string): void;
}

/** The box of one session, where it has one. Disposing ends it. */
export interface SessionBox extends AsyncDisposable {
  /** Makes the box where there is none. Rejects with what `make` rejects with, or the signal's reason. */
  use(signal: AbortSignal): Promise<BoxUse>;
}

export function sessionBox({ make, idleMs, log }: SessionBoxOptions): SessionBox {
  const stop = new AbortController();
  const ending = endingBoxes(log);
  let making: Promise<UsedBox> | undefined;
  let current: UsedBox | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;

  const end = (used: UsedBox) => {
    ending.end(used);
    if (used !== current) return;
    clearTimeout(idle);
    current = making = undefined;
  };
  const unused = (used: UsedBox) => {
    if (used === current) idle = setTimeout(() => end(used), idleMs);
  };
  const made = async (): Promise<UsedBox> => {
    try {
      const used = current = usedBox(await make(stop.signal), unused);
      used.ended.addEventListener("abort", () => end(used), { once: true });
      void watchAnswers(used).then((wrong) => {
        if (wrong === undefined) return;
        log(`Sandbox: ${wrong}`);
        end(used);
      });
      // Whoever asked for it may not be there any more.
      unused(used);
      return used;
    } catch (error) {
      making = undefined;
      throw error;
    }
  };
  return {
    async use(signal) {
      stop.signal.throwIfAborted();
      const used = await unlessAborted(signal, making ??= made());
      clearTimeout(idle);
      return used.use();
    },
    async [Symbol.asyncDispose]() {
      stop.abort(new ToolboxGone("Cannot use the sandbox: it was stopped", false));
      const used = await making?.catch(() => undefined);
      if (used) end(used);
      await ending[Symbol.asyncDispose]();
    },
  };
}
