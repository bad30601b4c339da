/**
 * When a model call is tried again. Source: server spec §4.3 and §10, vectors.
 *
 * @module
 */
import { RUN_LIMITS } from "../domain/run_limits.ts";
import type { ModelFailure } from "./model_failure.ts";

/** Of the pauses before tries; each is twice the one before. */
export interface Pauses {
  readonly firstMs: number;
  readonly lastMs: number;
}

export const PAUSES: Pauses = { firstMs: 2_000, lastMs: 30_000 };

/** A provider that wants to be left alone for longer is not waited for. */
export const MAX_RETRY_AFTER_MS = 60_000;
/** Of what is waited longer than that, so that runs do not come back at once. */
const JITTER = 0.1;
/** No pause is longer. */
export const MAX_PAUSE_MS: number = MAX_RETRY_AFTER_MS * (1 + JITTER);

export type Retry =
  | { readonly again: true; readonly delayMs: number }
  | { readonly again: false; readonly why: string };

/** @param attempt the one that would come, from 1. @param random 0 to 1. */
export function retry(attempt: number, failure: ModelFailure, pauses: Pauses, random: number): Retry {
  if (failure.kind !== "passing") return { again: false, why: "" };
  if (attempt > RUN_LIMITS.retries) {
    return { again: false, why: `, also after ${RUN_LIMITS.retries} more tries` };
  }
  const { retryAfterMs } = failure;
  if (retryAfterMs !== undefined && retryAfterMs > MAX_RETRY_AFTER_MS) {
    const [wanted, most] = [retryAfterMs, MAX_RETRY_AFTER_MS].map((ms) => `${Math.ceil(ms / 1_000)} s`);
    return {
      again: false,
      why: `, and wants to be asked again after ${wanted}, more than the ${most} that a run waits`,
    };
  }
  // Runs that were turned away at once should not come back at once.
  const delayMs = retryAfterMs === undefined
    ? pauseMs(attempt, pauses) * (1 + random) / 2
    : retryAfterMs * (1 + random * JITTER);
  return { again: true, delayMs: Math.round(delayMs) };
}

/** Without jitter: 2, 4, 8 … 30 seconds. */
export function pauseMs(attempt: number, { firstMs, lastMs }: Pauses = PAUSES): number {
  return Math.min(lastMs, firstMs * 2 ** (attempt - 1));
}
