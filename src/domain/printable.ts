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
const MAX_SHOWN = 60;

/** Whether `text` may be a credential, judged by its shape alone: errs on the side of yes. */
export function looksSecret(text: string): boolean {
  return CREDENTIAL_PREFIX.test(text) || LONG_TOKEN.test(text) || MIXED_TOKEN.test(text) ||
    USERINFO.test(text);
}

/** `text` in quotes where it may be repeated, otherwise only its length. */
export function quoted(text: string): string {
  const shown = text.length <= MAX_SHOWN && PLAIN.test(text) && !looksSecret(text);
  return shown ? `"${text}"` : `a text of ${text.length} characters (not shown)`;
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
