import { checkPattern, fullPattern } from "./tool_pattern.ts";
import type { ToolPolicy } from "./tool_policy.ts";

/**
 * `auto_approve` as a caller gives it, or what is wrong with it: a word that is neither `all` nor `none` is never taken
 * for something else (O-30).
 */
export function readAutoApprove(
  written: string | readonly string[],
): { readonly approve: NonNullable<ToolPolicy["approve"]> } | { readonly wrong: string } {
  if (typeof written === "string") {
    const word = written.trim().toLowerCase();
    if (word === "all" || word === "none") return { approve: word };
    return { wrong: 'auto_approve must be "all", "none" or a list of tools' };
  }
  const wrong = written.map(checkPattern).findIndex((problem) => problem !== undefined);
  if (wrong >= 0) return { wrong: `auto_approve[${wrong}] ${checkPattern(written[wrong]!)}` };
  return { approve: [...new Set(written.map(fullPattern))].sort() };
}
