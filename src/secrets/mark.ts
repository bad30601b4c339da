/** A stretch of a text that holds a secret, `end` exclusive. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  /** Whether it holds anything that is never given back. */
  readonly sealed: boolean;
}

/** A stretch of a text. */
export type Span = Pick<Mark, "start" | "end">;

/** `marks` in order, those that overlap made one: named by the longest, sealed where any is. */
export function merged<M extends Mark>(marks: readonly M[]): (M | Mark)[] {
  const result: (M | Mark)[] = [];
  for (const mark of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (!last || mark.start >= last.end) result.push(mark);
    else result[result.length - 1] = united(last, mark);
  }
  return result;
}

function united<M extends Mark>(first: M, second: M): M | Mark {
  const sealed = first.sealed || second.sealed;
  if (second.end <= first.end && first.sealed === sealed) return first;
  const { rule } = second.end - second.start > first.end - first.start ? second : first;
  return { start: first.start, end: Math.max(first.end, second.end), rule, sealed };
}

/** `text` with every span replaced by as many line ends: nothing is found in them, nor across them. */
export function blanked(text: string, spans: readonly Span[]): string {
  return rewritten(text, spans, ({ start, end }) => "\n".repeat(end - start));
}

/** `text` with every span replaced; spans may be in any order, but must not overlap. */
export function rewritten<S extends Span>(
  text: string,
  spans: readonly S[],
  replace: (span: S) => string,
): string {
  if (spans.length === 0) return text;
  const pieces: string[] = [];
  let end = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    pieces.push(text.slice(end, span.start), replace(span));
    end = span.end;
  }
  pieces.push(text.slice(end));
  return pieces.join("");
}
