import { plainText } from "../domain/plain_text.ts";

/** What a box printed last. */
export interface BoxLog {
  add(line: string): void;
  /** The last lines, redacted and safe to show; at most `most`. */
  last(most?: number): readonly string[];
}

const LINES_MAX = 200;
const LINE_CHARACTERS_MAX = 2_000;

/** Keeps 200 lines of 2,000 characters. `redact` is given all that is shown at once: a key has many lines. */
export function boxLog(redact: (text: string) => string): BoxLog {
  const lines: string[] = [];
  return {
    add(line) {
      const cut = line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX)}…` : line;
      lines.push(cut);
      if (lines.length > LINES_MAX) lines.shift();
    },
    last(most = LINES_MAX) {
      if (lines.length === 0) return [];
      return plainText(redact(lines.join("\n")), { newlines: "keep" }).split("\n").slice(-most);
    },
  };
}
