/**
 * How long a provider wants to be left alone, in whole seconds: `retry-after-ms` counts more than `retry-after`, which
 * is seconds or a date; one in the past is 0. `undefined` where neither says it.
 */
export function retryAfterSeconds(headers: Headers, now: Date): number | undefined {
  const milliseconds = /^\d{1,12}(\.\d+)?$/.exec(headers.get("retry-after-ms")?.trim() ?? "")?.[0];
  if (milliseconds !== undefined) return Math.ceil(Number(milliseconds) / 1_000);
  const text = headers.get("retry-after")?.trim() ?? "";
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  // Dates alone: `Date` also reads "-1" and "2.5.2026 or so".
  const time = /^[A-Za-z]{3},/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - now.getTime()) / 1_000));
}
