/**
 * A text as its reader sees it: without colour, with escapes resolved.
 *
 * `\u0027`, `%2F` and `\x1b[1m` may stand in the middle of a secret or right before it. So a text is searched as it
 * is and as it reads, and what is found in a view is cut out of the text where it came from.
 *
 * @module
 */
import { BEGINS_ESCAPE, type Escape, escapeAt, TERMINAL_CODE } from "./escape.ts";

/** Text made from another one, with the way back. */
export interface View {
  readonly text: string;
  /** Where `[start, end)` of the view came from. */
  origin(start: number, end: number): readonly [start: number, end: number];
}

/** JSON in JSON in a shell's quotes. */
const LEVELS = 3;

const LINE_END = 10;
const LAST_SPECIAL = 127;
/** Which characters are looked at. */
const ESCAPES = charactersThat((character) => BEGINS_ESCAPE.test(character));
const COLOURS = charactersThat((character) => character === "\x1b");
const WRAPS = charactersThat((character) => character === "\n");

/** `text` as it is, and as it reads where that differs. Colours end words in the first, and are gone in the others. */
export function viewsOf(text: string): View[] {
  const coloured = text.includes("\x1b");
  const itself: View = { text, origin: (start, end) => [start, end] };
  const parted = coloured ? text.replace(TERMINAL_CODE, (code) => "\n".repeat(code.length)) : text;
  const views: View[] = [{ ...itself, text: parted }];
  let read = itself;
  for (let level = 0;; level++) {
    // What an escape stands for may be a colour, or the line end of wrapped base64.
    const plain = read.text.includes("\x1b") ? resolved(read, replacementsIn(read.text, COLOURS)) : undefined;
    if (plain) views.push(read = plain);
    const joined = resolved(read, replacementsIn(read.text, WRAPS));
    if (joined) views.push(joined);
    const hasEscapes = level < LEVELS && BEGINS_ESCAPE.test(read.text);
    const meant = hasEscapes ? resolved(read, replacementsIn(read.text, ESCAPES)) : undefined;
    if (!meant) return views;
    views.push(read = meant);
  }
}

/** `text` with `added` for the `removed` characters at `at`, again and again; ordered by `at`. */
interface Replacements {
  readonly at: number[];
  readonly removed: number[];
  readonly added: string[];
}

function resolved(before: View, { at, removed, added }: Replacements): View | undefined {
  if (at.length === 0) return undefined;
  const { text } = before;
  const pieces: string[] = [];
  /** Where each stands in the new text. */
  const to: number[] = [];
  let end = 0;
  let length = 0;
  for (let index = 0; index < at.length; index++) {
    pieces.push(text.slice(end, at[index]), added[index]!);
    length += at[index]! - end;
    to.push(length);
    length += added[index]!.length;
    end = at[index]! + removed[index]!;
  }
  pieces.push(text.slice(end));
  /** The place in the old text of one character in the new one. */
  const back = (place: number): [start: number, end: number] => {
    const index = lastUpTo(to, place);
    if (index < 0) return [place, place + 1];
    const behind = at[index]! + removed[index]!;
    const past = place - to[index]! - added[index]!.length;
    return past < 0 ? [at[index]!, behind] : [behind + past, behind + past + 1];
  };
  return {
    text: pieces.join(""),
    origin: (from, until) => before.origin(back(from)[0], back(until - 1)[1]),
  };
}

/** The last index whose number is at most `limit`; -1 when there is none. */
function lastUpTo(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What reads as something else, of what begins with one of the `special` characters. */
function replacementsIn(text: string, special: Uint8Array): Replacements {
  const found: Replacements = { at: [], removed: [], added: [] };
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > LAST_SPECIAL || special[code] === 0) continue;
    const escape = code === LINE_END ? wrapAt(text, at) : escapeAt(text, at, code);
    if (!escape) continue;
    const { length, meaning, before = 0 } = escape;
    found.at.push(at - before);
    found.removed.push(length);
    found.added.push(meaning);
    at += length - before - 1;
  }
  return found;
}

/** `base64` and `xxd -p` break lines after 60, 64 or 76 characters. */
const WRAPPED = 60;
const NAME = /[A-Za-z0-9_/-]{1,64}(?::|=[^=\s"'\\]|\.[A-Za-z])/y;
const IS_CODE = charactersThat((character) => /[A-Za-z0-9+/_=-]/.test(character));

/** The line end at `at`, with the indentation behind it, when it stands in the middle of long base64 or hex. */
function wrapAt(text: string, at: number): Escape | undefined {
  const start = text[at - 1] === "\r" ? at - 1 : at;
  for (let before = start - 1; before >= start - WRAPPED; before--) {
    if (!isCode(text, before)) return undefined;
  }
  let next = at + 1;
  while (next < at + 40 && (text[next] === " " || text[next] === "\t")) next++;
  return isCode(text, next) && !isKey(text, next)
    ? { length: next - start, meaning: "", before: at - start }
    : undefined;
}

/** Whether the word at `at` is a name whose value follows, as below a long value: `  name: x`, `NAME=x`, `a.b/c: x`. */
function isKey(text: string, at: number): boolean {
  NAME.lastIndex = at;
  return NAME.test(text);
}

function isCode(text: string, at: number): boolean {
  return IS_CODE[text.charCodeAt(at)] === 1;
}

function charactersThat(are: (character: string) => boolean): Uint8Array {
  return Uint8Array.from({ length: LAST_SPECIAL + 1 }, (_, code) => are(String.fromCharCode(code)) ? 1 : 0);
}
