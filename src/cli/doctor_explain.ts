import guide from "../../docs/probes.md" with { type: "text" };
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import { PROBES } from "../probes/registry.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";

/** Prints a probe's section of `docs/probes.md`, which is part of the program. */
export function explainProbe({ terminal }: Cli, _: GlobalOptions, id: string): ExitCode {
  const section = sectionOf(guide, id);
  if (!section) {
    const guess = nearest(id, PROBES.map((probe) => probe.id));
    throw new UserError(`Cannot explain ${quoted(id)}: there is no such probe`, {
      hint: guess ? `did you mean "${guess}"?` : "stakpak doctor --list",
      exitCode: EXIT.usage,
    });
  }
  terminal.print(section);
  return EXIT.ok;
}

/** The text from `## id` to the next heading. */
export function sectionOf(markdown: string, id: string): string | undefined {
  const lines = markdown.split(/\r?\n/);
  const from = lines.indexOf(`## ${id}`);
  if (from < 0) return undefined;
  const to = lines.findIndex((line, at) => at > from && line.startsWith("## "));
  return lines.slice(from, to < 0 ? undefined : to).join("\n").trim();
}
