import { closest, distance } from "fastest-levenshtein";

/** The candidate a typo probably meant, or `undefined` when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length > 64) return undefined;
  const best = closest(word.toLowerCase(), candidates);
  return distance(word.toLowerCase(), best) <= Math.min(3, Math.ceil(word.length / 3)) ? best : undefined;
}
