import { BENIGN_EXCERPTS } from "./benign_excerpts.ts";
import { drawing, drawText } from "./draw_text.ts";

/** At least `length` characters of text without secrets that looks as if it had some, every kind in turn. */
export function benignText(length: number): string {
  const draw = drawing(20261122);
  const kinds = Object.values(BENIGN_EXCERPTS);
  const pieces: string[] = [];
  let done = 0;
  for (let turn = 0; done < length; turn++) {
    const piece = drawText(kinds[turn % kinds.length]!, draw);
    pieces.push(piece);
    done += piece.length;
  }
  return pieces.join("");
}
