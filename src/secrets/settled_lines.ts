/**
 * Which lines of a stream can be let go: all but those at the end that may belong to a secret of several lines.
 *
 * @module
 */
import { TERMINAL_CODE } from "./escape.ts";
import type { Span } from "./mark.ts";
import { ruleScan } from "./rule_scan.ts";
import { LONG_TEXT_RULES } from "./text_rules.ts";
import { viewsOf } from "./view.ts";

/** Line ends behind which a secret may go on, from where it has to be kept. */
const OPEN: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----\s*$/,
  /Private-Lines: \d{1,4}\s*$/,
  /(?:passw|passphrase|passcode|pwd|secret|token|credential|key)[\w-]{0,40}["']?,?[ \t]{0,4}\r?\n$/i,
  /(?:machine\s+\S{1,100}|default)\s+(?:login\s+\S{1,64}\s+)?(?:password\s+)?$/,
  /\\\r?\n$/,
];
/** None of them reaches farther back. */
const TAIL = 1_024;
/** So many secrets in a row may hang together by one line. */
const TURNS_MAX = 64;
/** The line may be one of wrapped base64: the line end in it counts for nothing. */
const WRAPPED = /[A-Za-z0-9+/_=-]{60}\r?\n$/;

const KEY_LINE = /^[ \t]{0,40}[A-Za-z0-9+/=]{4,80}\r?\n$/;
const ENDS_LONG = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/=]{40,80}\r?\n$/;

const longSecrets = ruleScan(LONG_TEXT_RULES);

/** What a redactor knows, as far as lines have to be kept for it. */
export interface KnownTexts {
  find(text: string): readonly Span[];
  /** Where `text` ends inside a known text, else its length. */
  unfinished(text: string): number;
}

/** Up to where `lines`, which end with a line end, read as they do now whatever follows. */
export function settledLines(lines: string, known: KnownTexts): number {
  const starts = [bodyStart(lines)];
  const whole: (readonly [start: number, end: number])[] = [];
  for (const text of WRAPPED.test(lines.slice(-TAIL)) ? [lines, lines.trimEnd()] : [lines]) {
    for (const view of viewsOf(text)) {
      const long = longSecrets(view.text);
      for (const { start, end } of [...long, ...known.find(view.text)]) whole.push(view.origin(start, end));
      const cut = long.filter(({ end }) => view.text.slice(end).trim() === "").map(({ start }) => start);
      const at = Math.min(known.unfinished(view.text), ...cut);
      if (at < view.text.length) starts.push(view.origin(at, at + 1)[0]);
    }
  }
  let settled = Math.min(...starts.map((at) => lineStart(lines, at)));
  whole.sort((a, b) => b[1] - a[1]);
  // What is kept for one secret may cut the one before.
  for (let turn = 0; turn < TURNS_MAX; turn++) {
    const before = settled;
    settled = openStart(lines.slice(0, settled));
    for (const [start, end] of whole) {
      if (start < settled && settled < end) settled = lineStart(lines, start);
    }
    if (settled === before) break;
  }
  return settled;
}

/** Where the last of `lines` begin behind which a secret may go on; their end where none may. */
function openStart(lines: string): number {
  const tail = lines.slice(-TAIL).replace(TERMINAL_CODE, "");
  const starts = OPEN.map((one) => one.exec(tail)?.index ?? tail.length);
  let start = lines.length;
  for (const _ of tail.slice(Math.min(...starts)).matchAll(/\n/g)) start = lineStart(lines, start - 1);
  return start;
}

/** Where the last lines begin that may be those of a key: its end mark alone tells. */
function bodyStart(lines: string): number {
  let body = lines.length;
  let start = lines.length;
  while (start > 0) {
    const before = lineStart(lines, start - 1);
    const line = lines.slice(before, start).replace(TERMINAL_CODE, "");
    if (ENDS_LONG.test(line)) body = before;
    if (!KEY_LINE.test(line)) break;
    start = before;
  }
  return body;
}

function lineStart(lines: string, at: number): number {
  return lines.lastIndexOf("\n", at - 1) + 1;
}
