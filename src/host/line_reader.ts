/** Longer lines are cut: nobody types them. */
const MAX_LINE_BYTES = 64 * 1024;

/** Reads bytes into `buffer`; `null` at the end. */
export type ReadBytes = (buffer: Uint8Array) => Promise<number | null>;

/** As `Console.readLine`, over `read`. What a reader whose signal aborted has begun to read, the next one gets. */
export function lineReader(read: ReadBytes): (signal: AbortSignal) => Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let ended = false;
  let reading: Promise<void> | undefined;
  const more = () =>
    reading ??= (async () => {
      const buffer = new Uint8Array(MAX_LINE_BYTES);
      const count = await read(buffer);
      if (count === null) ended = true;
      else text += decoder.decode(buffer.subarray(0, count), { stream: true });
      reading = undefined;
    })();
  return async (signal) => {
    while (!text.includes("\n") && !ended && text.length < MAX_LINE_BYTES) {
      await unlessAborted(signal, more());
    }
    signal.throwIfAborted();
    if (text === "" && ended) return undefined;
    const [line] = text.split("\n", 1);
    text = text.slice(line!.length + 1);
    return line!.replace(/\r$/, "");
  };
}

/** Resolves as `work` does. Rejects with the signal's reason when that aborts; `work` goes on then. */
async function unlessAborted(signal: AbortSignal, work: Promise<void>): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort);
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
