/**
 * Which lines of a stream can be let go: all but those at the end that may belong to a secret of several lines.
 *
 * @module
 */
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
/** The line may be one of wrapped base64: the line end in it counts for nothing. */
const WRAPPED = /[A-Za-z0-9+/_=-]{60}\r?\n$/;

const longSecrets = ruleScan(LONG_TEXT_RULES);

/**
 * Up to where `lines`, which end with a line end, read as they do now whatever follows. `unfinished` says where a
 * text ends inside a known value, else its length.
 */
export function settledLines(lines: string, unfinished: (text: string) => number): number {
  const tail = lines.slice(-TAIL);
  const open = OPEN.map((one) => one.exec(tail)?.index).filter((at) => at !== undefined);
  const starts = open.map((at) => lines.length - tail.length + at);
  for (const text of WRAPPED.test(tail) ? [lines, lines.trimEnd()] : [lines]) {
    for (const view of viewsOf(text)) {
      const open = longSecrets(view.text).filter(({ end }) => view.text.slice(end).trim() === "");
      const at = Math.min(unfinished(view.text), ...open.map(({ start }) => start));
      if (at < view.text.length) starts.push(view.origin(at, at + 1)[0]);
    }
  }
  return Math.min(lines.length, ...starts.map((at) => lines.lastIndexOf("\n", at - 1) + 1));
}
