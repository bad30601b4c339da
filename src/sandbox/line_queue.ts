/** More than any reader wants to hear; who has read enough may never come back for the rest. */
const CHARACTERS_MAX = 256 * 1024;

/** Lines that somebody waits for, until nobody does. */
export interface LineQueue extends AsyncIterator<string, undefined> {
  /** Has no effect once it has ended. It ends by itself when so many characters wait in it. */
  push(line: string): void;
  /** No more will come, and none is kept: who waits is told. */
  end(): void;
}

export function lineQueue(): LineQueue {
  const lines: string[] = [];
  let characters = 0;
  let ended = false;
  let more = Promise.withResolvers<void>();
  return {
    push(line) {
      if (ended) return;
      lines.push(line);
      characters += line.length + 1;
      ended = characters > CHARACTERS_MAX;
      more.resolve();
    },
    end() {
      ended = true;
      more.resolve();
    },
    async next() {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) {
          characters -= line.length + 1;
          return { done: false, value: line };
        }
        if (ended) return { done: true, value: undefined };
        await more.promise;
        more = Promise.withResolvers();
      }
    },
  };
}
