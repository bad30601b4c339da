/** Longer lines are not told. */
const LONGEST = 1_000;
/** A line of a key comes without the ones that say what it is, and says nothing to who waits. */
const CODE = /^\s*[A-Za-z0-9+/=_-]{40,}\s*$/;

/**
 * The newest line of an output that comes in pieces, or `undefined` where a piece ends none that says something. Whole
 * lines only: half a line may be half a secret, which nobody would know for one.
 */
export function newestLine(): (piece: string) => string | undefined {
  let begun = "";
  return (piece) => {
    const last = piece.lastIndexOf("\n");
    let told: string | undefined;
    for (let end = last; end >= 0 && told === undefined;) {
      const start = end === 0 ? 0 : piece.lastIndexOf("\n", end - 1) + 1;
      const line = ((start === 0 ? begun : "") + piece.slice(start, end)).trimEnd();
      if (line !== "" && line.length <= LONGEST && !CODE.test(line)) told = line;
      end = start - 1;
    }
    begun = ((last < 0 ? begun : "") + piece.slice(last + 1)).slice(0, LONGEST + 1);
    return told;
  };
}
