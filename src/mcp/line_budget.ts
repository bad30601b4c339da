import { OUTPUT_BYTES, OUTPUT_LINES } from "./output_log.ts";

/** Lines to show, as many as there is room for. */
export interface LineBudget {
  readonly lines: readonly string[];
  /** Lines that were offered, shown or not. */
  readonly offered: number;
  /** Takes a line if there is room for it, and for all that were offered before. */
  add(line: string): void;
  /** Whether a line had no room. */
  readonly isOver: boolean;
}

/** Room for 300 lines, and for 64 KiB of characters. */
export function lineBudget(): LineBudget {
  const lines: string[] = [];
  let characters = 0;
  let offered = 0;
  return {
    lines,
    get offered() {
      return offered;
    },
    get isOver() {
      return offered > lines.length;
    },
    add(line) {
      characters += line.length + 1;
      const fits = offered === lines.length && lines.length < OUTPUT_LINES && characters <= OUTPUT_BYTES;
      if (fits) lines.push(line);
      offered++;
    },
  };
}
