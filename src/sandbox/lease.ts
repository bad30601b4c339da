/**
 * A session's hold on boxes that come and go: each call goes to the one that lives then.
 *
 * @module
 */
import { ToolboxGone } from "../domain/toolbox.ts";
import type { Box, BoxEnd } from "./box.ts";
import { pause } from "./pause.ts";
import type { SandboxLease } from "./source.ts";
import type { BoxUse } from "./used_box.ts";

export interface LeaseParts {
  /** A hold on the box that lives now, or as soon as one does. Rejects with `ToolboxGone`, or the signal's reason. */
  useBox(signal: AbortSignal): Promise<BoxUse>;
  /** Called once. */
  giveBack(): Promise<void>;
  /** Whose calls they are in a box that others use, too; as `sessionName()` names it. */
  readonly session?: string;
}

/** Boxes that one call is sent to, where it certainly did not reach the one before. */
const TRIES = 2;
/** A call and the engine tell of an end on their own ways: how long one waits for the other. */
const GRACE_MS = 1_000;

export function leaseOn({ useBox, giveBack, session }: LeaseParts): SandboxLease {
  const given = new AbortController();
  let giving: Promise<void> | undefined;
  const inBox = async <T>(
    signal: AbortSignal,
    work: (box: Box, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const either = AbortSignal.any([signal, given.signal]);
    for (let tries = 1;; tries++) {
      either.throwIfAborted();
      using use = await useBox(either);
      try {
        return await untilLost(use, either, work);
      } catch (error) {
        either.throwIfAborted();
        if (!(error instanceof ToolboxGone)) throw error;
        await pause(GRACE_MS, AbortSignal.any([either, use.ended]));
        if (!use.ended.aborted) throw error;
        if (error.mayHaveRun || tries === TRIES) throw goneBy(use.ended, error.mayHaveRun, error);
      }
    }
  };
  return {
    list: (signal) => inBox(signal, (box) => Promise.resolve(box.tools)),
    call: (call, { session: _, ...how }) =>
      inBox(
        how.signal,
        (box, signal) => box.toolbox.call(call, { ...how, signal, ...session !== undefined && { session } }),
      ),
    [Symbol.asyncDispose]() {
      given.abort(new ToolboxGone("Cannot use the sandbox: it was given back", false));
      return giving ??= giveBack();
    },
  };
}

/** A call whose box has ended is left alone for a while: it knows best whether it was carried out. */
async function untilLost<T>(
  { box, ended }: BoxUse,
  signal: AbortSignal,
  work: (box: Box, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const onEnd = () => timer = setTimeout(() => lost.abort(goneBy(ended, true)), GRACE_MS);
  if (ended.aborted) onEnd();
  else ended.addEventListener("abort", onEnd, { once: true });
  try {
    return await work(box, AbortSignal.any([signal, lost.signal]));
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", onEnd);
  }
}

function goneBy(ended: AbortSignal, mayHaveRun: boolean, cause?: unknown): ToolboxGone {
  const { message } = ended.reason as BoxEnd;
  const whether = mayHaveRun ? "the call may have been carried out in part" : "the call was not carried out";
  return new ToolboxGone(`${message}: ${whether}`, mayHaveRun, cause);
}
