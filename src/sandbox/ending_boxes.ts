import type { UsedBox } from "./used_box.ts";

/** Ends boxes in the background, each once. Disposing waits for all of them. */
export interface EndingBoxes extends AsyncDisposable {
  end(used: UsedBox): void;
}

/** `log` is told of a box that cannot be ended. */
export function endingBoxes(log: (line: string) => void): EndingBoxes {
  const begun = new WeakSet<UsedBox>();
  const ending = new Set<Promise<void>>();
  const ended = async ({ box }: UsedBox): Promise<void> => {
    try {
      await box[Symbol.asyncDispose]();
    } catch (error) {
      log(`Cannot end ${box.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    end(used) {
      if (begun.has(used)) return;
      begun.add(used);
      const done = ended(used);
      ending.add(done);
      void done.then(() => ending.delete(done));
    },
    [Symbol.asyncDispose]: async () => void await Promise.all(ending),
  };
}
