import { rewritten } from "./mark.ts";
import type { Finding, Redactor } from "./redactor.ts";

/** At most this much is held back. */
const HELD_BACK_MAX = 64 * 1024;
/** A line longer than that is cut this far before its end: longer than any known value in any form. */
const OVERLAP = 32 * 1024;
/** What is held back is looked at again with every chunk, until each character was looked at so often: then now and then. */
const LOOKS = 4;
const CREDIT_MAX = 256 * 1024;
/** What stood before the cut, so that the rest is read as what it is. */
const CONTEXT = 256;

/**
 * Redacts a text that comes in chunks, cut anywhere: no part of a secret gets out before all of it is there.
 *
 * Text goes out line by line. What is held back: the last line until it ends; lines that may be the beginning of a
 * secret of several lines; never more than 64 KiB. `flush` gives out the rest.
 */
export class RedactingStream {
  readonly #redactor: Redactor;
  /** What is held back, after `#context` characters that are out already. */
  #text = "";
  #context = 0;
  /** How much may be looked at. */
  #credit = CREDIT_MAX;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Takes `chunk`, and answers what can go out now. */
  push(chunk: string): string {
    this.#text += chunk;
    this.#credit = Math.min(this.#credit + LOOKS * chunk.length, CREDIT_MAX);
    const isLong = this.#text.length - this.#context > HELD_BACK_MAX;
    if (this.#credit < this.#text.length && !isLong) return "";
    this.#credit = Math.max(0, this.#credit - this.#text.length);
    const lines = this.#text.slice(0, this.#text.lastIndexOf("\n") + 1);
    const settled = lines.length > this.#context ? this.#redactor.settled(lines) : 0;
    let out = "";
    if (settled > this.#context) {
      out = this.#out(settled, this.#redactor.find(this.#text.slice(0, settled)));
      this.#drop(settled, settled);
    }
    return this.#text.length - this.#context > HELD_BACK_MAX ? out + this.#cutLongLine() : out;
  }

  /** Answers what was held back; the stream begins anew. */
  flush(): string {
    const out = this.#out(this.#text.length, this.#redactor.find(this.#text));
    this.#drop(this.#text.length, this.#text.length);
    return out;
  }

  #out(end: number, found: readonly Finding[]): string {
    const start = this.#context;
    const inside = found.filter((one) => one.end > start && one.start < end).map((one) => ({
      start: Math.max(one.start, start) - start,
      end: one.end - start,
      placeholder: one.placeholder,
    }));
    return rewritten(this.#text.slice(start, end), inside, ({ placeholder }) => placeholder);
  }

  #cutLongLine(): string {
    const found = this.#redactor.find(this.#text);
    let cut = this.#text.length - OVERLAP;
    const across = found.find(({ start, end }) => start < cut && cut < end);
    if (across) cut = across.end;
    else if (/[\udc00-\udfff]/.test(this.#text[cut]!)) cut--;
    const out = this.#out(cut, found);
    // A secret that goes on is still one for its first characters.
    if (across && cut === this.#text.length) this.#drop(across.start, cut, CONTEXT);
    else this.#drop(Math.max(0, cut - CONTEXT), cut);
    return out;
  }

  /** Keeps what stands from `cut` on, behind `most` characters from `from` on as context. */
  #drop(from: number, cut: number, most: number = cut - from): void {
    const context = this.#text.slice(from, Math.min(from + most, cut));
    this.#text = context + this.#text.slice(cut);
    this.#context = context.length;
  }
}
