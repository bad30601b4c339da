import { TOKEN } from "./http_stage.ts";

/** A stream of events, byte by byte as it comes; nothing is read ahead. */
export interface RawStream extends AsyncDisposable {
  readonly status: number;
  /** Reads on until all that came contains `text`. Rejects at the end of the stream, naming what came. */
  until(text: string): Promise<string>;
  /** Reads to the end. */
  rest(): Promise<string>;
}

export async function rawStream(url: string, headers: HeadersInit = {}): Promise<RawStream> {
  const ending = new AbortController();
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    signal: ending.signal,
  });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  return {
    status: response.status,
    async until(text) {
      for (let from = 0; !seen.includes(text, from);) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`${text} did not come, but: ${seen}`);
        from = Math.max(0, seen.length - text.length);
        seen += value;
      }
      return seen;
    },
    async rest() {
      for (let next = await reader.read(); !next.done; next = await reader.read()) seen += next.value;
      return seen;
    },
    async [Symbol.asyncDispose]() {
      ending.abort();
      await reader.cancel().catch(() => {});
    },
  };
}
