/** A part of a text: from `start`, up to and without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Characters that an editor puts in the place of ASCII ones, and that a model does not repeat. */
const FOLDED: Readonly<Record<string, string>> = {
  ...spread("\u2018\u2019\u201a\u201b\u2032", "'"),
  ...spread("\u201c\u201d\u201e\u201f\u2033", '"'),
  ...spread("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
  ...spread(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
  ),
  ...spread("\u2022\u2023\u2043\u25e6\u00b7", "*"),
  "\u2026": "...",
  "\r\n": "\n",
};
const FOLDABLE = new RegExp(Object.keys(FOLDED).join("|"), "g");

function spread(characters: string, by: string): Record<string, string> {
  return Object.fromEntries([...characters].map((character) => [character, by]));
}

/** A longer text is searched exactly alone. */
const FOLDED_CHARACTERS_MAX = 1024 * 1024;

export interface Search {
  /** Whether occurrences may overlap: `aa` is twice in `aaa`. */
  readonly overlapping: boolean;
  /** Occurrences beyond are not looked for. */
  readonly most: number;
}

/**
 * Where `wanted` occurs: exactly, or, where it does not, with typographic quotes, dashes, spaces, bullets and line
 * ends taken for plain ones. In order.
 */
export function findText(text: string, wanted: string, search: Search): Span[] {
  const exact = occurrences(text, wanted, search).map((start) => ({ start, end: start + wanted.length }));
  if (exact.length > 0 || text.length > FOLDED_CHARACTERS_MAX) return exact;
  const folded = fold(text);
  const plain = wanted.replace(FOLDABLE, (part) => FOLDED[part]!);
  return occurrences(folded.text, plain, search).flatMap((at) => {
    const start = folded.startAt(at);
    const end = folded.startAt(at + plain.length);
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}

function occurrences(text: string, wanted: string, { overlapping, most }: Search): number[] {
  const step = overlapping ? 1 : wanted.length;
  const found: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < most; at = text.indexOf(wanted, at + step)) {
    found.push(at);
  }
  return found;
}

interface Folded {
  readonly text: string;
  /** The place in the original; `undefined` inside what one of its characters became. */
  startAt(index: number): number | undefined;
}

function fold(text: string): Folded {
  const parts = [...text.matchAll(FOLDABLE)].map((match) => ({ index: match.index, was: match[0] }));
  let delta = 0;
  // Where each folded part begins in the folded text, and what it was.
  const places = parts.map(({ index, was }) => {
    const place = { at: index + delta, index, was, length: FOLDED[was]!.length };
    delta += place.length - was.length;
    return place;
  });
  return {
    text: text.replace(FOLDABLE, (part) => FOLDED[part]!),
    startAt(at) {
      const before = places[lastBefore(places, at)];
      if (!before) return at;
      const past = at - before.at - before.length;
      return past < 0 ? undefined : before.index + before.was.length + past;
    },
  };
}

/** The index of the last place whose beginning is before `at`; -1 when there is none. */
function lastBefore(places: readonly { readonly at: number }[], at: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (places[middle]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
