import { plainText } from "../domain/plain_text.ts";
import type { Check, CheckStatus } from "./report.ts";

/** How a status looks on a terminal. */
export const MARKS: Readonly<Record<CheckStatus, string>> = { block: "✗", warn: "⚠", pass: "✓", skip: "-" };

/** ANSI: red, yellow, green, dim. */
const COLORS: Readonly<Record<CheckStatus, number>> = { block: 31, warn: 33, pass: 32, skip: 2 };

/** Mark, id and summary of a check. With `width`, that of the longest id, summaries stand in a column. */
export function headLine(check: Check, color: boolean, width?: number): string {
  const mark = MARKS[check.status];
  const painted = color ? `\x1b[${COLORS[check.status]}m${mark}\x1b[0m` : mark;
  const name = width === undefined ? `${check.id}: ` : check.id.padEnd(width + 2);
  return `${painted} ${name}${plainText(check.summary)}`;
}
