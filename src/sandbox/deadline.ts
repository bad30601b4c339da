/** A signal that aborts on its own after a while, or with another. Disposing forgets the while. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal;
}

/** `late` completes the reason: "no answer within 5 s". */
export function deadline(ms: number, late: string, signal?: AbortSignal): Deadline {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new Error(`${late} within ${ms / 1_000} s`)), ms);
  return {
    signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
