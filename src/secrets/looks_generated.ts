/**
 * What a machine made, told from what people write: the entropy test behind every rule that goes by context.
 *
 * @module
 */

/** More of a text changes no verdict. */
const JUDGED_CHARACTERS = 64;
const SHORTEST = 8;
/** What tools add to a name so that it is the only one: `web-tls-9x8c7`, `prod/db-AbC1d2`. */
const LAST_OF_A_NAME = 6;

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Uint32Array(128);
  for (let at = 0; at < text.length; at++) counts[text.charCodeAt(at) & 127]!++;
  return counts.reduce(
    (bits, count) => count === 0 ? bits : bits - count / text.length * Math.log2(count / text.length),
    0,
  );
}

/** Whether `text` has the mixture that random tokens have. Words, numbers, versions, dates and paths do not. */
export function looksGenerated(text: string): boolean {
  const value = text.slice(0, JUDGED_CHARACTERS);
  return value.length >= SHORTEST && !/\s/.test(value) && isMixture(value) && !isReference(value);
}

/** Whether `text` may be a password that a person chose: letters with a digit or a mark, and no name of something. */
export function looksChosen(text: string): boolean {
  const value = text.slice(0, JUDGED_CHARACTERS);
  if (value.length < SHORTEST || /\s/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return (isMixture(value) || isMarkedWord(value) || isOddlyCased(value)) && !isReference(value);
}

/** The cheap questions first: the text may hold a million values. */
function isMixture(value: string): boolean {
  const isMixed = /\d/.test(value)
    ? /[A-Za-z]/.test(value) && entropyOf(value) >= (value.length < 12 ? 2.5 : 3)
    : value.length >= 16 && mixesCase(value) && entropyOf(value) >= 3.5;
  if (!isMixed) return false;
  const odd = value.split(/[^A-Za-z0-9]+/).filter((part) => !isWordLike(part));
  return odd.join("").length > LAST_OF_A_NAME ||
    odd.length > 0 && !/(?:^|[-./_:])[A-Za-z]?[a-z]{2,}(?=[-./_:])/.test(value);
}

function isMarkedWord(value: string): boolean {
  const isPath = /^[\w-]+(?:[./:][\w-]*)+$/.test(value);
  return !isPath && /[^A-Za-z._()[\]{}-]/.test(value) && new Set(value).size >= 5;
}

/** Letters alone, and no CamelCase: `yBOjqRrzPzgK`. */
function isOddlyCased(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && !value.split(/[^A-Za-z0-9]+/).every(isWordLike);
}

/** Words with short numbers behind them, or a short number: `Redis`, `python3`, `X509Certificate`, `20261122`. */
function isWordLike(part: string): boolean {
  return /^(?:[A-Z]?[a-z]*|[A-Z]+|v)\d{0,4}$|^\d{1,10}$|^(?:[A-Z][a-z]+|[a-z]+)(?:[A-Z][a-z]+)+\d{0,3}$|^(?:[a-z]{2,}\d{0,3})?(?:(?:[A-Z][a-z]{2,}|[A-Z]{2,6}[a-z]{3,})\d{0,5}|[A-Z][a-z]?\d{3,5})+[A-Z]{0,5}$|^0x[0-9a-f]{1,8}$/
    .test(part);
}

/** As many capitals as others: what CamelCase never has. */
function mixesCase(value: string): boolean {
  let [small, capital] = [0, 0];
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= 97 && code <= 122) small++;
    else if (code >= 65 && code <= 90) capital++;
  }
  return capital >= (small + capital) * 0.3 && small >= (small + capital) * 0.3;
}

/** Each begins a value that is none. */
const REFERENCE = new RegExp(
  `^(?:${
    [
      // Filled in later: $NAME, ${NAME}, {{ name }}, <name>, %NAME%, @file, !vault
      String
        .raw`\$[\w{(]|\{\{|<|%\w+%$|%[sdv]|@|\{[\w.!:]{1,40}\}|:\w{2,12}:|!(?:vault|secret|ref|sub|getatt|env)\b|\[?REDACTED|\(`,
      // Left out: one character again and again
      String.raw`(.)\1*$`,
      // A version, a path, an address, a checksum, a date
      String.raw`v?\d{1,4}(?:[.:]\d{1,4})+(?:[.+~:-][\w.+~:-]*)?$`,
      String
        .raw`(?:\/|\.{0,2}\/|~\/|[A-Za-z]:\\)[\w.\/-]*$|\w+:\/\/|(?:sha\d{1,3}|md5|h1)[:=-]|\d{4}-\d\d-\d\d`,
      // Code: a call, an index, a member
      String
        .raw`[A-Za-z_$][\w$.]*[([{]|(?:process|os|env|config|self|this|var|local|data|module|settings|secrets)\.`,
      // A pattern
      String.raw`\[\^?\w-\w`,
      // What stands in examples and schemas
      String
        .raw`(?:your|my|the|some|insert|enter|replace|change|example|placeholder|dummy|sample)(?:[-_ ]|me$|it$|$)`,
      String.raw`(?:undefined|null|none|true|false|string|required|optional|redacted)$`,
    ].join("|")
  })`,
  "i",
);
const LEFT_OUT = /\*{4}|x{6}|\.{3}/i;

/** Whether `value` only says where a secret comes from, or that one was left out. */
export function isReference(value: string): boolean {
  const judged = value.slice(0, JUDGED_CHARACTERS);
  return REFERENCE.test(judged) || LEFT_OUT.test(judged);
}
