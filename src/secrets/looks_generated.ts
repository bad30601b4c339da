/**
 * What a machine made, told from what people write: the entropy test behind every rule that goes by context.
 *
 * @module
 */

/** More of a text changes no verdict. */
const JUDGED_CHARACTERS = 128;
const SHORTEST = 8;

/** Shannon entropy in bits per character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count / text.length * Math.log2(count / text.length);
  return bits;
}

/** Whether `text` has the mixture that random tokens have. Words, numbers, versions, dates and paths do not. */
export function looksGenerated(text: string): boolean {
  const value = text.slice(0, JUDGED_CHARACTERS);
  if (value.length < SHORTEST || isReference(value) || /\s/.test(value)) return false;
  const parts = value.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  if (parts.every(isWordLike)) return false;
  if (!/\d/.test(value)) return mixesCase(value) && value.length >= 16 && entropyOf(value) >= 3.5;
  return /[A-Za-z]/.test(value) && entropyOf(value) >= (value.length < 12 ? 2.5 : 3);
}

/** Whether `text` may be a password that a person chose: letters with a digit or a mark, and no name of something. */
export function looksChosen(text: string): boolean {
  const value = text.slice(0, JUDGED_CHARACTERS);
  if (value.length < SHORTEST || isReference(value) || /\s/.test(value)) return false;
  if (looksGenerated(value)) return true;
  if (/^[\w-]+(?:[./:][\w-]*)+$/.test(value) || !/[A-Za-z]/.test(value)) return false;
  return /[^A-Za-z._()[\]{}-]/.test(value) && new Set(value).size >= 5;
}

/** A word, a short number, or a word with a short number behind it: `Redis`, `python3`, `AMD64`, `20261122`. */
function isWordLike(part: string): boolean {
  return /^(?:[A-Z]?[a-z]*|[A-Z]+|v)\d{0,4}$|^\d{1,10}$|^(?:[A-Z][a-z]+|[a-z]+)(?:[A-Z][a-z]+)+\d{0,3}$|^0x[0-9a-f]{1,8}$/
    .test(part);
}

/** As many capitals as others: what CamelCase never has. */
function mixesCase(value: string): boolean {
  const capitals = value.replace(/[^A-Z]/g, "").length;
  const letters = value.replace(/[^A-Za-z]/g, "").length;
  return capitals >= letters * 0.3 && capitals <= letters * 0.7;
}

const REFERENCE = new RegExp(
  [
    // Filled in later: $NAME, ${NAME}, {{ name }}, <name>, %NAME%, @file, !vault
    String.raw`^\$[\w{(]|^\{\{|^<|^%\w+%$|^%[sdv]|^@|^!(?:vault|secret|ref|sub|getatt|env)\b|^\[?REDACTED|^\(`,
    // Left out: ****, xxxx, ....
    String.raw`^(.)\1*$|\*{4}|x{6}|\.{3}`,
    // A version, a path, an address, a checksum, a date
    String.raw`^v?\d{1,4}(?:[.:]\d{1,4})+(?:[.+~:-][\w.+~:-]*)?$`,
    String.raw`^(?:\/|\.{0,2}\/|~\/|[A-Za-z]:\\)[\w.\/-]*$|^\w+:\/\/|^(?:sha\d{1,3}|md5|h1)[:=-]|^\d{4}-\d\d-\d\d`,
    // Code: a call, an index, a member
    String.raw`^[A-Za-z_$][\w$.]*[([{]|^(?:process|os|env|config|self|this|var|local|data|module|settings|secrets)\.`,
    // What stands in examples and schemas
    String.raw`^(?:your|my|the|some|insert|enter|replace|change|example|placeholder|dummy|sample)(?:[-_ ]|me$|it$|$)`,
    String.raw`^(?:undefined|null|none|true|false|string|required|optional|redacted)$`,
  ].join("|"),
  "i",
);

/** Whether `value` only says where a secret comes from, or that one was left out. */
export function isReference(value: string): boolean {
  return REFERENCE.test(value);
}
