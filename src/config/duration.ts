/** Seconds in each unit; several may follow one another: `2h 30m`. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  m: 60,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  w: 604_800,
  week: 604_800,
  weeks: 604_800,
};

/** No wait of this program is longer than a year. */
const MAX_DURATION_MS = 366 * 86_400_000;

/** A duration as people write it (`45s`, `2h 30m`) in milliseconds, or `undefined` when it is not one. */
export function parseDuration(text: string): number | undefined {
  if (!/^\s*(?:\d{1,9}\s*[a-z]+\s*)+$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)\s*([a-z]+)/g)) {
    const seconds = Object.hasOwn(UNITS, unit!) ? UNITS[unit!]! : undefined;
    if (seconds === undefined) return undefined;
    totalMs += Number(count) * seconds * 1000;
  }
  return totalMs <= MAX_DURATION_MS ? totalMs : undefined;
}
