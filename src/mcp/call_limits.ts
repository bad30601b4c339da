import type { CallOptions } from "../domain/toolbox.ts";

/** The limits of one request, as the SDK takes them. */
export interface CallLimits extends Disposable {
  readonly options: {
    readonly signal: AbortSignal;
    readonly timeout: number;
    readonly onprogress?: (progress: { message?: string | undefined }) => void;
  };
  /** Whether it was the deadline that ended the request. */
  isLate(): boolean;
}

/** The most a timer takes: the deadline is ours, so that it can be told from a server's own time-out. */
const NEVER_MS = 2 ** 31 - 1;
const MAX_PROGRESS_CHARACTERS = 512;

/** Dispose when the request has settled: the SDK listens to a signal for ever, so it gets one of its own. */
export function callLimits(
  { signal, deadlineMs, onProgress }: CallOptions & { deadlineMs: number },
): CallLimits {
  const ending = new AbortController();
  let late = false;
  let settled = false;
  const onAbort = () => ending.abort(signal.reason);
  const timer = setTimeout(() => {
    late = true;
    ending.abort(new Error("the deadline has passed"));
  }, deadlineMs);
  signal.addEventListener("abort", onAbort, { once: true });
  return {
    options: {
      signal: ending.signal,
      timeout: NEVER_MS,
      ...(onProgress && {
        onprogress({ message }) {
          if (!settled && message !== undefined) onProgress(message.slice(0, MAX_PROGRESS_CHARACTERS));
        },
      }),
    },
    isLate: () => late,
    [Symbol.dispose]() {
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener("abort", onAbort);
    },
  };
}
