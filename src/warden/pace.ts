export interface PaceLimits {
  /** So many at once, after a while of silence. */
  readonly burst: number;
  readonly perSecond: number;
}

/** How long the next one has to wait, in milliseconds, so that there are never more than allowed. Asked once for each. */
export function pace(
  { burst, perSecond }: PaceLimits,
  now: () => number = () => performance.now(),
): () => number {
  const interval = 1_000 / perSecond;
  let next = -Infinity;
  return () => {
    const at = now();
    next = Math.max(next, at - burst * interval) + interval;
    return Math.max(0, next - at);
  };
}
