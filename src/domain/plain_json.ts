import { UNSEEN } from "./plain_text.ts";

/**
 * `value` as one JSON document, indented, with a newline at the end. Characters nobody can see are written as
 * `\uXXXX`: it parses back to the same value, and may be printed on a terminal. With `keys`, only those
 * properties, in that order, at every depth.
 */
export function plainJson(value: unknown, keys?: readonly string[]): string {
  const text = JSON.stringify(value, keys ? [...keys] : null, 2);
  return text.replace(UNSEEN, (character) => character === "\n" ? "\n" : escaped(character)) + "\n";
}

/** The same in one line, without one at the end. */
export function plainJsonLine(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, escaped);
}

function escaped(character: string): string {
  return character.split("").map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
}
