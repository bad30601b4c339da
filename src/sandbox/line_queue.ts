/** Lines that somebody waits for, until nobody does. */
export interface LineQueue extends AsyncIterator<string, undefined> {
  /** Has no effect once it has ended. */
  push(line: string): void;
  /** No more will come, and none is kept: who waits is told. */
  end(): void;
}

export function lineQueue(): LineQueue {
  const lines: string[] = [];
  let ended = false;
  let more = Promise.withResolvers<void>();
  return {
    push(line) {
      if (ended) return;
      lines.push(line);
      more.resolve();
    },
    end() {
      ended = true;
      more.resolve();
    },
    async next() {
      for (;;) {
        const line = lines.shift();
        if (line !== undefined) return { done: false, value: line };
        if (ended) return { done: true, value: undefined };
        await more.promise;
        more = Promise.withResolvers();
      }
    },
  };
}
