/**
 * Text without secrets that looks as if it had some. Made by a generator of fixed seed, so that it is the same
 * everywhere and takes little room in the program.
 *
 * @module
 */
import { BENIGN_EXCERPTS } from "./benign_excerpts.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";
const ALPHABETS: Readonly<Record<string, string>> = {
  digit: DIGITS,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  lower: `${LETTERS}${DIGITS}`,
  base64: `${LETTERS.toUpperCase()}${LETTERS}${DIGITS}+/`,
};
const WORDS =
  "token password secret key private public access session auth login credential user admin client server config default handler parser reader writer cache store index remote local build test release deploy check probe retry limit queue worker"
    .split(" ");
const BLANK = /‹(\w+)(?: (\d+))?›/g;
const UUID = "‹hex 8›-‹hex 4›-4‹hex 3›-a‹hex 3›-‹hex 12›";

/** At least `length` characters of it, every kind in turn. */
export function benignText(length: number): string {
  const draw = drawing(20261122);
  const kinds = Object.values(BENIGN_EXCERPTS);
  const pieces: string[] = [];
  let done = 0;
  for (let turn = 0; done < length; turn++) {
    const piece = filled(kinds[turn % kinds.length]!, draw);
    pieces.push(piece);
    done += piece.length;
  }
  return pieces.join("");
}

function filled(excerpt: string, below: (limit: number) => number): string {
  const word = () => WORDS[below(WORDS.length)]!;
  return excerpt.replace(BLANK, (blank, what: string, count: string) => {
    if (what === "word") return word();
    if (what === "name") return `${word()}-${word()}${below(3) === 0 ? below(99) : ""}`;
    if (what === "uuid") return filled(UUID, below);
    if (what === "number") return String(below(Number(count)));
    const alphabet = ALPHABETS[what];
    if (alphabet === undefined) throw new Error(`benign_excerpts.ts: ${blank} stands for nothing`);
    return Array.from({ length: Number(count) }, () => alphabet[below(alphabet.length)]!).join("");
  });
}

/** Numbers below a limit, the same ones each time. */
function drawing(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
}
