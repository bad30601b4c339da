/**
 * An edit as people read it: the changed lines, as in `diff -U0`, with every secret masked.
 *
 * @module
 */
import { looksSecret } from "../domain/printable.ts";
import type { TomlDocument } from "./toml_document.ts";

const SECRET_KEY = /(^|_)(token|key|secret|password|access|refresh)$/i;

/** Lines that differ, grouped by place; `""` when none do. */
export function renderDiff(before: TomlDocument, after: TomlDocument): string {
  const old = maskedLines(before);
  const fresh = maskedLines(after);
  const hunks = changes(old, fresh).map(({ from, to, start, end }) =>
    [
      `@@ -${rangeOf(from, to)} +${rangeOf(start, end)} @@`,
      ...old.slice(from, to).map((line) => `-${line}`),
      ...fresh.slice(start, end).map((line) => `+${line}`),
    ].join("\n")
  );
  return hunks.length === 0 ? "" : [`--- ${before.file}`, `+++ ${after.file}`, ...hunks, ""].join("\n");
}

/** Lines `from` to `to` gave way to lines `start` to `end`; 0-based, the end is not included. */
interface Change {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly end: number;
}

/** How diff counts: `first,count`, where an empty range names the line before it. */
function rangeOf(from: number, to: number): string {
  return to - from === 1 ? `${from + 1}` : `${to === from ? from : from + 1},${to - from}`;
}

function maskedLines(document: TomlDocument): string[] {
  const { text, pairs, comments } = document.source;
  const secret = pairs.filter(({ path }) => SECRET_KEY.test(String(path.at(-1))))
    .map(({ node }) => ({ range: node.value.range, mask: '"[secret]"' }));
  const suspicious = comments.filter(({ value }) => looksSecret(value))
    .map(({ range }) => ({ range, mask: "# [not shown]" }));
  let masked = "";
  let done = 0;
  for (const { range, mask } of [...secret, ...suspicious].sort((a, b) => a.range[0] - b.range[0])) {
    // What lies inside a masked value is gone already.
    if (range[0] < done) continue;
    masked += text.slice(done, range[0]) + mask;
    done = range[1];
  }
  const lines = (masked + text.slice(done)).split(/\r?\n/);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}

/** The shortest list of changes, by Myers' greedy algorithm: time grows with the size of the edit. */
function changes(old: readonly string[], fresh: readonly string[]): Change[] {
  const trace: Map<number, number>[] = [];
  const reach = new Map<number, number>([[1, 0]]);
  for (let edits = 0;; edits++) {
    trace.push(new Map(reach));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = stepsDown(reach, diagonal, edits) ? reach.get(diagonal + 1)! : reach.get(diagonal - 1)! + 1;
      while (x < old.length && x - diagonal < fresh.length && old[x] === fresh[x - diagonal]) x++;
      reach.set(diagonal, x);
      if (x >= old.length && x - diagonal >= fresh.length) return walkBack(trace, old.length, fresh.length);
    }
  }
}

function stepsDown(reach: ReadonlyMap<number, number>, diagonal: number, edits: number): boolean {
  return diagonal === -edits ||
    (diagonal !== edits && reach.get(diagonal - 1)! < reach.get(diagonal + 1)!);
}

function walkBack(trace: readonly ReadonlyMap<number, number>[], oldEnd: number, freshEnd: number): Change[] {
  const found: Change[] = [];
  let x = oldEnd;
  let y = freshEnd;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const reach = trace[edits]!;
    const down = stepsDown(reach, x - y, edits);
    const diagonal = x - y + (down ? 1 : -1);
    const from = reach.get(diagonal)!;
    const start = from - diagonal;
    const step = { from, to: down ? from : from + 1, start, end: down ? start + 1 : start };
    const next = found[0];
    if (next && next.from === step.to && next.start === step.end) {
      found[0] = { ...next, from: step.from, start: step.start };
    } else found.unshift(step);
    [x, y] = [from, start];
  }
  return found;
}
