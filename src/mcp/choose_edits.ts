import type { Edit } from "./edit_diff.ts";
import { findText } from "./find_text.ts";
import type { ToolOutput } from "./tool.ts";

export interface Replacement {
  readonly wanted: string;
  readonly by: string;
  /** Every occurrence; otherwise there has to be exactly one. */
  readonly all: boolean;
}

const REPLACED_MAX = 100_000;
/** More places than that are not named. */
const NAMED_MAX = 10;

/** What to change in a text, in order and without overlaps; a failure when that is not clear. */
export function chooseEdits(
  name: string,
  text: string,
  { wanted, by, all }: Replacement,
): Edit[] | ToolOutput {
  const fail = (code: string, why: string) => ({ code, text: `Cannot replace in ${name}: ${why}` });
  const most = all ? REPLACED_MAX : NAMED_MAX;
  const found = findText(text, wanted, { overlapping: !all, most: most + 1 });
  if (found.length === 0) return fail("STRING_NOT_FOUND", "old_str is not there");
  if (found.length > (all ? most : 1)) {
    const lines = found.slice(0, NAMED_MAX).map(({ start }) => text.slice(0, start).split("\n").length);
    const count = found.length > most ? `more than ${most}` : found.length;
    const hint = all
      ? `at most ${most} can be replaced`
      : "give more of the text around it, or set replace_all";
    return fail("STRING_NOT_UNIQUE", `old_str is there ${count} times (lines ${lines.join(", ")}); ${hint}`);
  }
  return found.map(({ start, end }) => {
    const keepsReturns = text.slice(start, end).includes("\r\n");
    return { start, end, by: keepsReturns ? by.replace(/\r?\n/g, "\r\n") : by };
  });
}
