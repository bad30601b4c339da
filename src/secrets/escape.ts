/**
 * The ways to write a character that stands for another one, or for none: of terminals, JSON, shells, URLs and XML.
 *
 * @module
 */

export interface Escape {
  /** How many characters it takes. */
  readonly length: number;
  readonly meaning: string;
  /** How many of them stand before the place asked for. */
  readonly before?: number;
}

const ESCAPE = 27;
const PERCENT = 37;
const AMPERSAND = 38;
const QUOTE = 39;
const BACKSLASH = 92;
/** The characters that may begin one. */
// deno-lint-ignore no-control-regex
export const BEGINS_ESCAPE = /[\x1b%&'\\]/;

/** Colours and cursor movements, titles, other controls of a terminal. */
export const TERMINAL_CODE = new RegExp(
  String.raw`\x1b(?:\[[0-9;?]{0,64}[ -/]{0,4}[@-~]|\][^\x07\x1b\n]{0,2048}(?:\x07|\x1b\\)|[@-Z\\^_])`,
  "g",
);
const TERMINAL = new RegExp(TERMINAL_CODE, "y");
const HEX = /(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/y;
const PERCENT_CODES = /%(0[9ADad]|[2-7][0-9A-Fa-f])|(?:%[89A-Fa-f][0-9A-Fa-f]){1,512}/y;
const ENTITY = /&(amp|lt|gt|quot|apos|#39|#34|#x27);/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#34": '"' };
const WHITE: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: " ", f: " " };

/** The escape that begins at `at`, where `code` is the character's code; `undefined` when none does. */
export function escapeAt(text: string, at: number, code: number): Escape | undefined {
  switch (code) {
    case BACKSLASH:
      return backslashed(text, at + 1);
    case PERCENT:
      return percentCoded(text, at);
    case QUOTE:
      return text.charCodeAt(at + 1) === BACKSLASH && text.startsWith("'\\''", at)
        ? { length: 4, meaning: "'" }
        : undefined;
    case ESCAPE: {
      const match = matchAt(TERMINAL, text, at);
      return match && { length: match[0].length, meaning: "" };
    }
    case AMPERSAND: {
      const match = matchAt(ENTITY, text, at);
      return match && { length: match[0].length, meaning: ENTITIES[match[1]!] ?? "'" };
    }
    default:
      return undefined;
  }
}

function backslashed(text: string, at: number): Escape | undefined {
  const character = text[at];
  if (character === undefined) return undefined;
  if (character === "\n") return { length: 2, meaning: "" };
  if (character === "\r" && text[at + 1] === "\n") return { length: 3, meaning: "" };
  if (character === "u" || character === "x") {
    const match = matchAt(HEX, text, at);
    return match && { length: 1 + match[0].length, meaning: fromHex(match[1] ?? match[2]!) };
  }
  const white = WHITE[character];
  if (white !== undefined) return { length: 2, meaning: white };
  return /\w/.test(character) ? undefined : { length: 2, meaning: character };
}

function percentCoded(text: string, at: number): Escape | undefined {
  const match = matchAt(PERCENT_CODES, text, at);
  if (!match) return undefined;
  const [whole, ascii] = match;
  return { length: whole.length, meaning: ascii ? fromHex(ascii) : decoded(whole) };
}

function decoded(bytes: string): string {
  try {
    return decodeURIComponent(bytes);
  } catch {
    return bytes;
  }
}

function fromHex(digits: string): string {
  return String.fromCharCode(parseInt(digits, 16));
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
