/** What a terminal acts on instead of showing it: colours, cursor moves, titles. A title nobody ends is text. */
const SEQUENCE =
  // deno-lint-ignore no-control-regex
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-~]/g;
/** The beginning of a sequence, or of `\r\n`, at the end of a chunk. */
// deno-lint-ignore no-control-regex
const BEGUN = /(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*|\x1b[\]PX^_][^\x07\x1b\x9c]*\x1b?|\x1b[ -/]*|\r)$/;
// deno-lint-ignore no-control-regex
const CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;
/** Longer than any real sequence: what goes on after that is text. */
const MAX_HELD = 4096;

/** Bytes of a program's output in, text for a reader out. */
export interface TerminalText {
  /** The text of `bytes`, without what may belong to a sequence that the next chunk completes. */
  push(bytes: Uint8Array): string;
  /** What was held back. */
  end(): string;
}

/**
 * Removes terminal sequences and control characters except tab and newline, wherever chunks are cut; `\r\n` and
 * `\r` become `\n`. A byte that is not UTF-8 becomes U+FFFD.
 */
export function terminalText(): TerminalText {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let held = "";
  return {
    push(bytes) {
      const text = held + decoder.decode(bytes, { stream: true });
      const begun = BEGUN.exec(text)?.[0] ?? "";
      held = begun.length > MAX_HELD ? "" : begun;
      return plain(text.slice(0, text.length - held.length));
    },
    end() {
      const rest = held + decoder.decode();
      held = "";
      return plain(rest);
    },
  };
}

function plain(text: string): string {
  return text.replace(SEQUENCE, "").replace(/\r+\n?/g, "\n").replace(CONTROLS, "");
}
