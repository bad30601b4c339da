/** The first `maxBytes` of a stream as text. Reads on to the end, so the writer never blocks; keeps no more. */
export async function readCapped(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let left = maxBytes;
  for await (const chunk of stream) {
    if (left === 0) continue;
    const kept = chunk.subarray(0, left);
    left -= kept.length;
    text += decoder.decode(kept, { stream: true });
  }
  return text + decoder.decode();
}
