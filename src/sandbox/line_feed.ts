import { terminalText } from "../mcp/terminal_text.ts";

/** No more of one line is kept: longer than any that is meant for us. */
const LINE_CHARACTERS_MAX = 64 * 1024;

/** A program's output in, its lines out as a reader sees them; the rest of an endless line is a line of its own. */
export interface LineFeed {
  push(chunk: Uint8Array): void;
  /** Hands on what has no line end. */
  end(): void;
}

/** `line` is told of each line, at once. */
export function lineFeed(line: (text: string) => void): LineFeed {
  const terminal = terminalText();
  let rest = "";
  const take = (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const one of lines) line(one);
    if (rest.length <= LINE_CHARACTERS_MAX) return;
    line(rest);
    rest = "";
  };
  return {
    push: (chunk) => take(terminal.push(chunk)),
    end() {
      take(terminal.end());
      if (rest !== "") line(rest);
      rest = "";
    },
  };
}
