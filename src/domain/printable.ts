/**
 * Which words of a user's file may be repeated in a message.
 *
 * An error has to name the actual value, but a key pasted into the wrong field must not reach a terminal or a
 * CI log. So a value is repeated only when it is short, plain, and has no run of letters and digits that a
 * generated token would have; otherwise the message gives its length.
 *
 * @module
 */

const PLAIN = /^[\p{L}\p{N} _./:*,?#@+=~%&()'"\\-]*$/u;
const CREDENTIAL_PREFIX =
  /(sk|pk|rk|xox[a-z]|xapp|gh[a-z]|glpat|AKIA|ASIA|AIza|eyJ|hf|npm|dop_v1|Bearer|Basic)[-_ .A-Za-z0-9]{8}/;
const LONG_TOKEN = /[A-Za-z0-9_+/=-]{20}/;
const MIXED_TOKEN = /(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{12}/;
const USERINFO = /:\/\/[^/\s]*@/;
/** In a name the prefix has to start a word: `task-production` is not a key. */
const NAME_PREFIX = new RegExp(`(?<![A-Za-z0-9])${CREDENTIAL_PREFIX.source}`);
const MAX_SHOWN = 60;
const MAX_PATH_SHOWN = 200;

/** Whether `text` may be a credential, judged by its shape alone: errs on the side of yes. */
export function looksSecret(text: string): boolean {
  return CREDENTIAL_PREFIX.test(text) || LONG_TOKEN.test(text) || MIXED_TOKEN.test(text) ||
    USERINFO.test(text);
}

/** Whether `text` may be repeated in a message. */
export function mayShow(text: string): boolean {
  return text.length <= MAX_SHOWN && PLAIN.test(text) && !looksSecret(text);
}

/** `text` in quotes where it may be repeated, otherwise only its length. */
export function quoted(text: string): string {
  return mayShow(text) ? `"${text}"` : `a text of ${text.length} characters (not shown)`;
}

/** A name that people chose or a key: longer than a value may be, as long as it is made of words. */
export function quotedName(name: string): string {
  const shown = name.length <= MAX_SHOWN && PLAIN.test(name) && !looksGenerated(name);
  return shown ? `"${name}"` : `a name of ${name.length} characters (not shown)`;
}

/** A name in a table: as it is where it is made of words. */
export function shownName(name: string): string {
  return quotedName(name) === `"${name}"` ? name : "(not shown)";
}

/** A path in quotes; its folders are judged one by one, since as a whole most paths look like a token. */
export function quotedPath(path: string): string {
  const shown = /^(~|\.{1,2})?\//.test(path) && path.length <= MAX_PATH_SHOWN && PLAIN.test(path) &&
    !looksGenerated(path);
  return shown ? `"${path}"` : quoted(path);
}

/** A path in a table, as {@linkcode shownName}. */
export function shownPath(path: string): string {
  return quotedPath(path) === `"${path}"` ? path : "(not shown)";
}

/** Whether a part between punctuation was made by a machine: long, or letters, digits and case mixed. */
function looksGenerated(name: string): boolean {
  if (NAME_PREFIX.test(name) || USERINFO.test(name)) return true;
  return name.split(/[^\p{L}\p{N}+=]+/u).some((part) => {
    if (part.length >= 20) return true;
    if (part.length < 10) return false;
    return /\p{L}\d|\d\p{L}|[+=]/u.test(part) || /\p{Ll}\p{Lu}.*\p{Ll}\p{Lu}/u.test(part) ||
      /\d{10}/.test(part);
  });
}

/** Any value of a configuration file, as an error message may name it. */
export function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return "a very large number";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  return value instanceof Date ? "a date" : "a table";
}
