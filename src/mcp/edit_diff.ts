import type { Span } from "./find_text.ts";

export interface Edit extends Span {
  readonly by: string;
}

/** The text after the edits, which are in order and do not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let done = 0;
  const parts = edits.flatMap(({ start, end, by }) => {
    const before = text.slice(done, start);
    done = end;
    return [before, by];
  });
  return parts.join("") + text.slice(done);
}

/** The edits as `diff -U0` shows them. */
export function editDiff(name: string, text: string, edits: readonly Edit[]): string {
  const hunks: string[] = [];
  let line = 1;
  let shift = 0;
  let counted = 0;
  for (const group of byLines(text, edits)) {
    line += newlines(text.slice(counted, group.start));
    counted = group.start;
    const old = linesOf(text.slice(group.start, group.end));
    const moved = group.edits.map((edit) => ({
      ...edit,
      start: edit.start - group.start,
      end: edit.end - group.start,
    }));
    const fresh = linesOf(applyEdits(text.slice(group.start, group.end), moved));
    const same = commonStart(old, fresh);
    const tail = commonStart(old.slice(same).toReversed(), fresh.slice(same).toReversed());
    const gone = old.slice(same, old.length - tail);
    const come = fresh.slice(same, fresh.length - tail);
    if (gone.length + come.length > 0) {
      hunks.push(
        `@@ -${range(line + same, gone.length)} +${range(line + same + shift, come.length)} @@`,
        ...gone.map((text) => `-${text}`),
        ...come.map((text) => `+${text}`),
      );
    }
    shift += fresh.length - old.length;
  }
  return [`--- ${name}`, `+++ ${name}`, ...hunks].join("\n");
}

interface Group {
  readonly start: number;
  end: number;
  readonly edits: Edit[];
}

/** Edits whose lines touch, and those lines. */
function byLines(text: string, edits: readonly Edit[]): readonly Group[] {
  const groups: Group[] = [];
  for (const edit of edits) {
    const newline = text.indexOf("\n", edit.end);
    const end = newline < 0 ? text.length : newline + 1;
    const last = groups.at(-1);
    if (last && edit.start < last.end) {
      last.end = end;
      last.edits.push(edit);
    } else {
      const start = edit.start === 0 ? 0 : text.lastIndexOf("\n", edit.start - 1) + 1;
      groups.push({ start, end, edits: [edit] });
    }
  }
  return groups;
}

function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}

function commonStart(one: readonly string[], other: readonly string[]): number {
  let count = 0;
  while (count < one.length && count < other.length && one[count] === other[count]) count++;
  return count;
}

/** How diff counts: an empty range names the line before it. */
function range(first: number, count: number): string {
  return count === 1 ? `${first}` : `${count === 0 ? first - 1 : first},${count}`;
}
