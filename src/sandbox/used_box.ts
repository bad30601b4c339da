import type { Box } from "./box.ts";

/** A box with a count of who uses it, so that it ends under nobody's hands. */
export interface UsedBox {
  readonly box: Box;
  /** Aborts when the container is gone; the reason is its `BoxEnd`. */
  readonly ended: AbortSignal;
  readonly users: number;
  use(): BoxUse;
}

/** One call's hold on a box; disposing lets go. */
export interface BoxUse extends Disposable, Pick<UsedBox, "box" | "ended"> {}

/** `unused` is called whenever the last user lets go. */
export function usedBox(box: Box, unused: (used: UsedBox) => void): UsedBox {
  const ending = new AbortController();
  const ended = ending.signal;
  let users = 0;
  void box.ended.then((end) => ending.abort(end));
  const used: UsedBox = {
    box,
    ended,
    get users() {
      return users;
    },
    use() {
      users++;
      let held = true;
      return {
        box,
        ended,
        [Symbol.dispose]() {
          if (!held) return;
          held = false;
          users--;
          if (users === 0) unused(used);
        },
      };
    },
  };
  return used;
}
