/**
 * A folder as `view` shows it: a tree, the names that a glob matches, or the lines that a pattern matches.
 *
 * @module
 */
import { PathError } from "../host/inspection.ts";
import { lineBudget } from "./line_budget.ts";
import type { Pattern } from "./linear_pattern.ts";
import { shownLine } from "./text_lines.ts";
import type { ToolOutput } from "./tool.ts";
import { matchesIn, type Viewed } from "./view_file.ts";
import { FOLDER_ENTRIES_MAX, SKIPPED, walkFolder } from "./walk_folder.ts";

const BELOW_ROOT_MAX = 5;
/** A search that takes longer says how far it came. */
const SEARCH_MS = 20_000;

/** Names as a tree, `depth` folders deep. Rejects with {@linkcode PathError}. */
export async function viewTree({ host, path, name, signal }: Viewed, depth: number): Promise<ToolOutput> {
  const budget = lineBudget();
  budget.add(`Directory: ${name}`);
  await branch(path, "", 1);
  return { text: [...budget.lines, ...(budget.isOver ? ["... (truncated)"] : [])].join("\n") };

  async function branch(folder: string, indent: string, level: number): Promise<void> {
    signal.throwIfAborted();
    const all = (await host.entries(folder, FOLDER_ENTRIES_MAX))
      .filter((entry) => !(entry.kind === "directory" && SKIPPED.has(entry.name)));
    const shown = level === 1 ? all : all.slice(0, BELOW_ROOT_MAX);
    const more = all.length - shown.length;
    for (const [index, entry] of shown.entries()) {
      const isLast = more === 0 && index === shown.length - 1;
      const isFolder = entry.kind === "directory";
      budget.add(`${indent}${isLast ? "└── " : "├── "}${entry.name}${isFolder ? "/" : ""}`);
      if (budget.isOver) return;
      if (isFolder && level < depth) {
        await branch(`${folder}/${entry.name}`, `${indent}${isLast ? "    " : "│   "}`, level + 1);
      }
    }
    if (more > 0) budget.add(`${indent}└── ... ${more} more item(s)`);
  }
}

/** Names that a glob matches. Rejects with {@linkcode PathError}. */
export async function viewGlob({ host, path, name, signal }: Viewed, glob: Pattern): Promise<ToolOutput> {
  const budget = lineBudget();
  let cut = false;
  for await (const entry of walkFolder({ host, folder: path, signal, onCut: () => cut = true })) {
    if (glob(entry.name)) budget.add(`${entry.kind === "directory" ? "📁" : "📄"} ${entry.name}`);
  }
  if (budget.offered === 0 && !cut) return { text: `No files match in ${name}` };
  const more = budget.offered - budget.lines.length;
  const notes = [
    ...(more > 0 ? [`... and ${more} more files`] : []),
    ...(cut ? ["... (truncated: the folder is too large to be looked at whole)"] : []),
  ];
  return { text: [...budget.lines, ...notes].join("\n") };
}

export interface FolderSearch {
  readonly pattern: Pattern;
  /** Only in files that it matches. */
  readonly glob: Pattern | undefined;
  /** The topmost folder whose `.gitignore` counts. */
  readonly ignoreFrom: string;
}

/** `file:line:content` of the lines that match. Rejects with {@linkcode PathError}. */
export async function viewFolderMatches(viewed: Viewed, search: FolderSearch): Promise<ToolOutput> {
  const { host, path, name, signal } = viewed;
  const { pattern, glob, ignoreFrom } = search;
  const budget = lineBudget();
  const deadline = performance.now() + SEARCH_MS;
  let unfinished = false;
  for await (
    const entry of walkFolder({ host, folder: path, signal, ignoreFrom, onCut: () => unfinished = true })
  ) {
    if (entry.kind !== "file" || glob && !glob(entry.name)) continue;
    unfinished ||= performance.now() > deadline;
    if (unfinished) break;
    try {
      for await (const { line, number } of matchesIn({ ...viewed, path: entry.path }, pattern)) {
        budget.add(`${entry.name}:${number}:${shownLine(line)}`);
      }
    } catch (error) {
      // Binary, unreadable, or gone meanwhile.
      if (!(error instanceof PathError)) throw error;
    }
  }
  if (budget.offered === 0 && !unfinished) return { text: `No matches found in ${name}` };
  const notes = [
    ...(budget.isOver ? [`... (truncated: ${budget.lines.length} of ${budget.offered} matches shown)`] : []),
    ...(unfinished ? ["... (truncated: the folder is too large to be searched whole)"] : []),
  ];
  return { text: [...budget.lines, ...notes].join("\n") };
}
