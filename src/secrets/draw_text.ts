/**
 * Random text that is the same everywhere, each time: what the self-test is made of takes little room in the program.
 *
 * @module
 */

/** A number below `limit`, the next one of a sequence. */
export type Draw = (limit: number) => number;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const CAPITALS = LETTERS.toUpperCase();
const DIGITS = "0123456789";
const ALPHABETS: Readonly<Record<string, string>> = {
  digit: DIGITS,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  letter: CAPITALS + LETTERS,
  lower: LETTERS + DIGITS,
  UPPER: CAPITALS + DIGITS,
  base32: `${CAPITALS}234567`,
  alnum: CAPITALS + LETTERS + DIGITS,
  base64: `${CAPITALS}${LETTERS}${DIGITS}+/`,
  url: `${CAPITALS}${LETTERS}${DIGITS}-_`,
};
const WORDS =
  "token password secret key private public access session auth login credential user admin client server config default handler parser reader writer cache store index remote local build test release deploy check probe retry limit queue worker"
    .split(" ");
const BLANK = /‹(\w+)(?: (\d+))?›/g;
const UUID = "‹hex 8›-‹hex 4›-4‹hex 3›-a‹hex 3›-‹hex 12›";

/** The sequence of `seed`. */
export function drawing(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
}

/**
 * `text` with its blanks filled: `‹hex 40›` with 40 characters of an alphabet (`digit`, `hex`, `HEX`, `letter`, `lower`,
 * `UPPER`, `base32`, `alnum`, `base64`, `url`), `‹number 99›` with a number below 99, `‹word›` with a word, `‹name›` with
 * two, `‹uuid›` with one. Throws on any other.
 */
export function drawText(text: string, draw: Draw): string {
  const word = () => WORDS[draw(WORDS.length)]!;
  return text.replace(BLANK, (blank, what: string, count: string) => {
    if (what === "word") return word();
    if (what === "name") return `${word()}-${word()}${draw(3) === 0 ? draw(99) : ""}`;
    if (what === "uuid") return drawText(UUID, draw);
    if (what === "number") return String(draw(Number(count)));
    const alphabet = ALPHABETS[what];
    if (alphabet === undefined) throw new Error(`Cannot draw text: ${blank} stands for nothing`);
    return Array.from({ length: Number(count) }, () => alphabet[draw(alphabet.length)]!).join("");
  });
}
