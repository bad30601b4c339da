import { renderGithub } from "./render_github.ts";
import { renderJson } from "./render_json.ts";
import { renderJunit } from "./render_junit.ts";
import { renderMarkdown } from "./render_markdown.ts";
import type { RenderOptions } from "./render_options.ts";
import { renderSarif } from "./render_sarif.ts";
import { renderShort } from "./render_short.ts";
import { renderText } from "./render_text.ts";
import type { Report } from "./report.ts";

/** One way to show a report. Pure; the text ends in a newline unless it is empty. */
export interface Format {
  readonly name: string;
  /** For `--help`: who reads it. */
  readonly about: string;
  render(report: Report, options: RenderOptions): string;
}

/** Every format, in the order help shows them; the first is the default. */
export const FORMATS = [
  { name: "text", about: "for people", render: renderText },
  { name: "short", about: "complaints only, a line each", render: renderShort },
  { name: "json", about: "for programs: the whole report", render: renderJson },
  { name: "junit", about: "for Jenkins and GitLab", render: renderJunit },
  { name: "sarif", about: "for code scanning", render: renderSarif },
  { name: "github", about: "annotations of GitHub Actions", render: renderGithub },
  { name: "markdown", about: "for a step summary", render: renderMarkdown },
] as const satisfies readonly Format[];

export type FormatName = (typeof FORMATS)[number]["name"];
