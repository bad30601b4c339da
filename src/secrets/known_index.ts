/**
 * Finds any of thousands of known texts in one scan.
 *
 * Every known text has at least 8 characters. So its first 8 hold four characters that stand at a multiple of 5 in
 * the searched text, wherever it lies there: only those places are looked at. Where they fit, the known texts that
 * begin there are asked for by their first 8 characters, then by length.
 *
 * @module
 */
import type { ValueForm } from "./value_forms.ts";

/** A known text in a searched one, `end` exclusive. */
export interface KnownMatch<T> {
  readonly start: number;
  readonly end: number;
  readonly of: T;
}

const SHORTEST = 8;
const GRAM = 4;
const STRIDE = SHORTEST - GRAM + 1;
const BASE64 = /[A-Za-z0-9+/_-]/;

interface Entry<T> extends ValueForm {
  readonly of: T;
}

interface Family<T> {
  /** Of the texts in it, longest first. */
  lengths: number[];
  readonly byText: Map<string, Entry<T>>;
}

export class KnownIndex<T> {
  readonly #families = new Map<string, Family<T>>();
  /** Which offsets of a known text's start a gram has, as bits, by its hash. */
  readonly #offsets = new Uint8Array(1 << 16);
  /** Every beginning of a known text that is shorter than 8. */
  readonly #beginnings = new Set<string>();
  #longest = 0;
  #size = 0;

  /** How many texts are known. */
  get size(): number {
    return this.#size;
  }

  /** Adds a text of at least 8 characters. One that is there keeps what it is of: the answer is false. */
  add(form: ValueForm, of: T): boolean {
    const { text } = form;
    if (text.length < SHORTEST) return false;
    const head = text.slice(0, SHORTEST);
    const family = this.#families.get(head) ?? { lengths: [], byText: new Map() };
    if (family.byText.has(text)) return false;
    this.#families.set(head, family);
    family.byText.set(text, { ...form, of });
    this.#size++;
    family.lengths = [...new Set([...family.byText.keys()].map(({ length }) => length))].sort((a, b) =>
      b - a
    );
    for (let offset = 0; offset < STRIDE; offset++) this.#offsets[gramAt(text, offset)]! |= 1 << offset;
    for (let length = 1; length < SHORTEST; length++) this.#beginnings.add(text.slice(0, length));
    this.#longest = Math.max(this.#longest, text.length);
    return true;
  }

  /** Every known text in `text`, in order of its start; they may overlap, but none lies in another one. */
  find(text: string): KnownMatch<T>[] {
    const found: KnownMatch<T>[] = [];
    if (this.#longest === 0) return found;
    const offsets = this.#offsets;
    let covered = 0;
    for (let at = 0; at + GRAM <= text.length; at += STRIDE) {
      let bits = offsets[gramAt(text, at)]!;
      // The farthest offset is the earliest start.
      for (let offset = STRIDE - 1; bits !== 0; offset--) {
        if ((bits & (1 << offset)) === 0) continue;
        bits &= ~(1 << offset);
        const match = this.#longestAt(text, at - offset);
        if (!match || match.end <= covered) continue;
        covered = match.end;
        found.push(match);
      }
    }
    return found;
  }

  /** Where the first known text starts of which `text` ends before it does; `text.length` when there is none. */
  unfinished(text: string): number {
    for (let at = Math.max(0, text.length - this.#longest + 1); at < text.length; at++) {
      if (text.length - at < SHORTEST) {
        if (this.#beginnings.has(text.slice(at))) return at;
      } else if ((this.#offsets[gramAt(text, at)]! & 1) !== 0 && this.#beginsWith(text, at)) return at;
    }
    return text.length;
  }

  #beginsWith(text: string, at: number): boolean {
    const family = this.#families.get(text.slice(at, at + SHORTEST));
    if (!family || family.lengths[0]! <= text.length - at) return false;
    const rest = text.slice(at);
    return [...family.byText.keys()].some((known) => known.length > rest.length && known.startsWith(rest));
  }

  #longestAt(text: string, start: number): KnownMatch<T> | undefined {
    if (start < 0) return undefined;
    const family = this.#families.get(text.slice(start, start + SHORTEST));
    for (const length of family?.lengths ?? []) {
      const entry = family!.byText.get(text.slice(start, start + length));
      if (entry) return grown(text, start, start + length, entry);
    }
    return undefined;
  }
}

function grown<T>(text: string, start: number, end: number, entry: Entry<T>): KnownMatch<T> {
  return {
    start: entry.growsLeft && BASE64.test(text[start - 1] ?? " ") ? start - 1 : start,
    end: entry.growsRight && BASE64.test(text[end] ?? " ") ? end + 1 : end,
    of: entry.of,
  };
}

function gramAt(text: string, at: number): number {
  const low = text.charCodeAt(at) | text.charCodeAt(at + 1) << 16;
  const high = text.charCodeAt(at + 2) | text.charCodeAt(at + 3) << 16;
  return Math.imul(Math.imul(low, 0x9e3779b1) ^ high, 0x85ebca6b) >>> 16;
}
