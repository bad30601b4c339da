import { headLine } from "./head_line.ts";
import type { RenderOptions } from "./render_options.ts";
import type { Report } from "./report.ts";
import { totalsLine } from "./report_lines.ts";

/** One line per complaint, then the totals. */
export function renderShort(report: Report, { color }: RenderOptions): string {
  const complaints = report.checks.filter(({ status }) => status === "block" || status === "warn");
  return [...complaints.map((check) => headLine(check, color)), totalsLine(report)].join("\n") + "\n";
}
