import { headLine } from "./head_line.ts";
import type { RenderOptions } from "./render_options.ts";
import type { Check, Report } from "./report.ts";
import { explanation, totalsLine } from "./report_lines.ts";

/** Below this, padding the ids would push the summaries off the screen. */
const ROOM_FOR_COLUMNS = 80;

const WORST_FIRST = ["block", "warn", "acknowledged", "pass", "skip"];

/** For people: a heading per category, worst first under it, then the totals. */
export function renderText(report: Report, { color, columns }: RenderOptions): string {
  const longest = Math.max(0, ...report.checks.map(({ id }) => id.length));
  const width = columns < ROOM_FOR_COLUMNS ? undefined : longest;
  const groups = Map.groupBy(report.checks, ({ category }) => category);
  const blocks = [...groups].map(([category, checks]) => {
    const heading = category.charAt(0).toUpperCase() + category.slice(1);
    const lines = checks.toSorted((a, b) => rank(a) - rank(b)).flatMap((check) => [
      `  ${headLine(check, color, width)}`,
      ...explanation(check).map((line) => `    ${line}`),
    ]);
    return [color ? `\x1b[1m${heading}\x1b[0m` : heading, ...lines].join("\n");
  });
  return [...blocks, totalsLine(report)].join("\n\n") + "\n";
}

function rank(check: Check): number {
  return WORST_FIRST.indexOf(check.acknowledged ? "acknowledged" : check.status);
}
