/** Of one line, no more is held; the rest of it is dropped. */
const LINE_CHARACTERS_MAX = 64 * 1024;
/** Of one line, no more is shown. */
const SHOWN_CHARACTERS_MAX = 2_000;

/** The lines of a text in chunks, those of one chunk at a time; without `\n` or `\r\n`. Wrong UTF-8 is U+FFFD. */
export async function* textLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string[]> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let rest = "";
  for await (const chunk of chunks) {
    const lines = decoder.decode(chunk, { stream: true }).split("\n");
    lines[0] = rest + lines[0];
    rest = lines.pop()!.slice(0, LINE_CHARACTERS_MAX);
    yield lines.map(whole);
  }
  rest += decoder.decode();
  if (rest !== "") yield [whole(rest)];
}

function whole(line: string): string {
  return line.slice(0, LINE_CHARACTERS_MAX).replace(/\r$/, "");
}

/** A line as it is shown: whole, or its beginning and how it goes on. */
export function shownLine(line: string): string {
  if (line.length <= SHOWN_CHARACTERS_MAX) return line;
  const shown = line.slice(0, SHOWN_CHARACTERS_MAX).replace(/[\ud800-\udbff]$/, "");
  return `${shown}... (cut after ${shown.length} characters)`;
}
