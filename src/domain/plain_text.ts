/**
 * Characters that act on a terminal or hide from a reader, and none that a reader can see: controls (ANSI
 * starts with one), bidi and zero-width marks, lone surrogates, private and unassigned ones, line separators.
 */
export const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

export interface PlainTextOptions {
  /** `fold` (the default) makes one line; `keep` leaves `\n`. A `\r\n` counts as `\n`. */
  readonly newlines?: "fold" | "keep";
}

/**
 * Text from elsewhere, safe to show: every unseen character becomes `\u{…}`, a newline a space. What comes out
 * is well-formed UTF-16 and may stand in XML 1.0. Not reversible: a text may contain `\u{1b}` itself.
 */
export function plainText(text: string, { newlines = "fold" }: PlainTextOptions = {}): string {
  const newline = newlines === "fold" ? " " : "\n";
  return text.replaceAll("\r\n", "\n").replace(
    UNSEEN,
    (character) => character === "\n" ? newline : `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
