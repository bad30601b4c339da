/** Markdown as it grows: white space folded, blocks apart, quotes prefixed. */
export interface MarkdownWriter {
  /** Text of a page: runs of white space become one space. */
  text(text: string): void;
  /** Text as it is, on the present line. */
  mark(mark: string): void;
  /** Text with its own line breaks. */
  verbatim(text: string): void;
  /** What comes next begins on a new line, after `lines - 1` empty ones. */
  newLine(lines: 1 | 2): void;
  /** How deep in quotes the next lines are. */
  quote(depth: number): void;
  /** Characters so far. */
  readonly size: number;
  /** All of it. */
  toString(): string;
}

const QUOTE_DEPTH_MAX = 8;

export function markdownWriter(): MarkdownWriter {
  const parts: string[] = [];
  let newlines = 0;
  let space = false;
  let atStart = true;
  let prefix = "";
  let linePrefix = "";
  let size = 0;

  function put(text: string): void {
    if (newlines > 0 && parts.length > 0) {
      // An empty line belongs to a quote only when both sides of it do.
      const between = prefix.length < linePrefix.length ? prefix : linePrefix;
      parts.push(`\n${between}`.repeat(newlines - 1), `\n${prefix}`);
    } else if (parts.length === 0) parts.push(prefix);
    else if (space && !atStart) parts.push(" ");
    if (newlines > 0) linePrefix = prefix;
    newlines = 0;
    space = false;
    atStart = false;
    parts.push(text);
    size += text.length;
  }

  return {
    text(text) {
      const words = text.replace(/\s+/g, " ");
      if (words.startsWith(" ")) space = true;
      const bare = words.trim();
      if (bare === "") return;
      put(bare);
      space = words.endsWith(" ");
    },
    mark(mark) {
      put(mark);
      atStart = mark.endsWith(" ");
    },
    verbatim(text) {
      put(text.replaceAll("\n", `\n${prefix}`));
    },
    newLine(lines) {
      newlines = Math.max(newlines, lines);
      space = false;
      atStart = true;
    },
    quote(depth) {
      prefix = "> ".repeat(Math.min(depth, QUOTE_DEPTH_MAX));
    },
    get size() {
      return size;
    },
    toString: () => parts.join(""),
  };
}
