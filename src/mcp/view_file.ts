/**
 * A file as `view` shows it: numbered lines, or those that match.
 *
 * @module
 */
import { type Inspection, PathError } from "../host/inspection.ts";
import { lineBudget } from "./line_budget.ts";
import type { Pattern } from "./linear_pattern.ts";
import { shownLine, textLines } from "./text_lines.ts";
import type { ToolOutput } from "./tool.ts";

export interface Viewed {
  readonly host: Inspection;
  /** Where it is. */
  readonly path: string;
  /** What the caller calls it. */
  readonly name: string;
  readonly signal: AbortSignal;
}

/** 1-based, both ends included; an end of -1 is that of the file. */
export type LineRange = readonly [from: number, to: number];

/** Numbered lines: all, or those of the range. Rejects with {@linkcode PathError}. */
export async function viewLines(file: Viewed, range?: LineRange): Promise<ToolOutput> {
  const [from, to] = range ?? [1, -1];
  if (from < 1 || to < -1 || to === 0 || (to !== -1 && to < from)) {
    return formatError(
      file,
      from,
      to,
      "lines count from 1, the end must not come before the start; -1 is the last",
    );
  }
  const budget = lineBudget();
  let count = 0;
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      count++;
      if (count >= from && (to === -1 || count <= to)) {
        budget.add(`${String(count).padStart(3)}: ${shownLine(line)}`);
      }
    }
    // How many lines there are is only said of a whole file.
    if (range && (budget.isOver || (to !== -1 && count > to))) break;
  }
  if (range && count < from) return formatError(file, from, to, `it has ${count} lines`);
  const shown = budget.lines.length;
  const last = from + shown - 1;
  const extent = !range
    ? budget.isOver ? `showing ${shown} / ${count} lines` : `${count} lines`
    : budget.isOver
    ? `showing lines ${from}-${last}, only the first ${shown} lines of your view range`
    : `lines ${from}-${last}`;
  const text = [`File: ${file.name} (${extent})`, ...budget.lines, ...(budget.isOver ? ["..."] : [])];
  return { text: text.join("\n") };
}

/** `line:content` of the lines that match. Rejects with {@linkcode PathError}. */
export async function viewMatches(file: Viewed, pattern: Pattern): Promise<ToolOutput> {
  const budget = lineBudget();
  for await (const { line, number } of matchesIn(file, pattern)) budget.add(`${number}:${shownLine(line)}`);
  if (budget.offered === 0) return { text: `No matches found in ${file.name}` };
  const note = `... (truncated: ${budget.lines.length} of ${budget.offered} matches shown)`;
  return { text: [...budget.lines, ...(budget.isOver ? [note] : [])].join("\n") };
}

/** The lines of a file that match. Rejects with {@linkcode PathError}, also for a binary file. */
export async function* matchesIn(
  file: Viewed,
  pattern: Pattern,
): AsyncGenerator<{ readonly line: string; readonly number: number }> {
  let number = 0;
  for await (const lines of linesOf(file)) {
    for (const line of lines) {
      number++;
      if (pattern(line)) yield { line, number };
    }
  }
}

async function* linesOf({ host, path, signal }: Viewed): AsyncGenerator<string[]> {
  for await (const lines of textLines(textChunks(path, host.readChunks(path)))) {
    signal.throwIfAborted();
    yield lines;
  }
}

/** As git judges: a NUL at the beginning means that it is no text. */
async function* textChunks(path: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of chunks) {
    if (first && chunk.subarray(0, 8_000).includes(0)) {
      throw new PathError(path, "it is binary, must be text");
    }
    first = false;
    yield chunk;
  }
}

function formatError({ name }: Viewed, from: number, to: number, why: string): ToolOutput {
  return { code: "FORMAT_ERROR", text: `Cannot show lines ${from} to ${to} of ${name}: ${why}` };
}
