/**
 * The chunks of `body`; when `signal` aborts it rejects with the reason and gives the rest up, whether or not `body`
 * notices that itself.
 */
export async function* readUntil(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncIterable<Uint8Array> {
  const reader = body.getReader();
  const giveUp = () => void reader.cancel().catch(() => {});
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    signal.throwIfAborted();
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    signal.removeEventListener("abort", giveUp);
    giveUp();
    signal.throwIfAborted();
  }
}
