/**
 * Finds many short literals in one pass: a table says for each state and character which state follows. It is filled
 * in as texts need it, so that a short text costs little.
 *
 * @module
 */

/** A literal of ASCII; with `anyCase` its letters stand for capitals, too, and are small ones. */
export interface Anchor {
  readonly text: string;
  readonly anyCase: boolean;
}

const BITS = 7;
const CHARACTERS = 1 << BITS;
const UNKNOWN = -1;

/** How far the last characters reach into anchors: pairs of an anchor and a length. */
type Reach = readonly (readonly [anchor: number, length: number])[];

/**
 * Prepares a scan for `anchors`. The scan calls `found` with the index of an anchor and where it starts, ordered by
 * where they end; characters beyond ASCII are in none.
 */
export function anchorScan(
  anchors: readonly Anchor[],
): (text: string, found: (anchor: number, start: number) => void) => void {
  const reaches: Reach[] = [[]];
  const states = new Map([["", 0]]);
  /** The anchors that end in a state, and whether any does. */
  const endings: number[][] = [[]];
  let ends = new Uint8Array(64);
  let next = new Int32Array(64 * CHARACTERS).fill(UNKNOWN);

  const stateOf = (reach: Reach): number => {
    const key = reach.join(";");
    const known = states.get(key);
    if (known !== undefined) return known;
    const state = reaches.push(reach) - 1;
    states.set(key, state);
    const ended = reach.filter(([anchor, length]) => length === anchors[anchor]!.text.length);
    endings.push(ended.map(([anchor]) => anchor));
    if (state >= ends.length) [next, ends] = [larger(next, UNKNOWN), larger(ends, 0)];
    ends[state] = ended.length === 0 ? 0 : 1;
    return state;
  };
  const beginnings: Reach = anchors.map((_, anchor) => [anchor, 0]);
  const follow = (row: number, code: number): number => {
    const character = String.fromCharCode(code);
    const small = character.toLowerCase();
    const reach = [...reaches[row >> BITS]!, ...beginnings].flatMap(([anchor, length]) => {
      const { text, anyCase } = anchors[anchor]!;
      return text[length] === (anyCase ? small : character) ? [[anchor, length + 1] as const] : [];
    });
    return next[row + code] = stateOf(reach) * CHARACTERS;
  };

  return (text, found) => {
    let row = 0;
    let [rows, flags] = [next, ends];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= CHARACTERS) {
        row = 0;
        continue;
      }
      const known = rows[row + code]!;
      if (known === UNKNOWN) {
        row = follow(row, code);
        [rows, flags] = [next, ends];
      } else row = known;
      if (flags[row >> BITS] === 0) continue;
      for (const anchor of endings[row >> BITS]!) found(anchor, at + 1 - anchors[anchor]!.text.length);
    }
  };
}

function larger<A extends Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(numbers: A, filler: number): A {
  const copy = new (numbers.constructor as new (length: number) => A)(numbers.length * 2).fill(filler) as A;
  copy.set(numbers);
  return copy;
}
