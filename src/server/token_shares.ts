import { unlessAborted } from "../sandbox/unless_aborted.ts";
import type { RunParts } from "./run_parts.ts";
import type { RunSetup } from "./run_setup.ts";
import { tokensLeft } from "./spend_tokens.ts";

/** What the calls of this process may use together of a day's budget, while what they do use is not known. */
export interface TokenShares {
  /**
   * The share of a call that may take up to `most` tokens. Where too little is left beside the calls under way it waits
   * for them: what they leave may do. Rejects with the signal's reason.
   */
  take(
    runId: string,
    setup: Pick<RunSetup, "budget">,
    most: number,
    signal: AbortSignal,
  ): Promise<TokenShare>;
}

/** Disposed when what the call used was counted. */
export interface TokenShare extends Disposable {
  /** That the call may use; `undefined`: any number. */
  readonly tokens: number | undefined;
}

export function tokenShares(parts: Pick<RunParts, "store" | "host">): TokenShares {
  let taken = 0;
  let returned = Promise.withResolvers<void>();
  const share = (tokens: number | undefined, most: number): TokenShare => {
    let held = most;
    taken += held;
    return {
      tokens,
      [Symbol.dispose]() {
        if (held === 0) return;
        taken -= held;
        held = 0;
        returned.resolve();
        returned = Promise.withResolvers();
      },
    };
  };
  return {
    async take(runId, setup, most, signal) {
      for (;;) {
        const alone = tokensLeft(parts, runId, setup);
        if (alone === undefined) return share(undefined, 0);
        const left = tokensLeft(parts, runId, setup, taken)!;
        const wanted = Math.min(most, alone);
        if (left >= wanted) return share(left, wanted);
        await unlessAborted(signal, returned.promise);
      }
    },
  };
}
