import { newTag, placeholderOf } from "./placeholder.ts";

/** What a placeholder stands for. */
export interface Held {
  readonly placeholder: string;
  readonly rule: string;
  readonly value: string;
  /** Sealed values are never given back. */
  readonly sealed: boolean;
}

/** Past these a secret is replaced as ever, but not held: its placeholder cannot be used. */
const HELD_MAX = 20_000;
const HELD_CHARACTERS_MAX = 16 * 1024 * 1024;

/** The placeholders of one session, in memory only. */
export class HeldSecrets {
  readonly #byValue = new Map<string, Held & { sealed: boolean }>();
  readonly #byPlaceholder = new Map<string, Held>();
  #characters = 0;

  get size(): number {
    return this.#byValue.size;
  }

  /** What `placeholder` stands for, unless it is of another session or process. */
  of(placeholder: string): Held | undefined {
    return this.#byPlaceholder.get(placeholder);
  }

  /** Holds `value`: the same value has the same placeholder, under the rule that found it first. */
  hold(value: string, rule: string, sealed: boolean): Held {
    const known = this.#byValue.get(value);
    if (known) {
      known.sealed ||= sealed;
      return known;
    }
    const held = { placeholder: this.#newPlaceholder(rule), rule, value, sealed };
    if (this.#byValue.size >= HELD_MAX || this.#characters + value.length > HELD_CHARACTERS_MAX) return held;
    this.#characters += value.length;
    this.#byValue.set(value, held);
    this.#byPlaceholder.set(held.placeholder, held);
    return held;
  }

  /** Seals every value in which one of `texts` stands. */
  sealAllWith(texts: readonly string[]): void {
    for (const held of this.#byValue.values()) {
      held.sealed ||= texts.some((text) => held.value.includes(text));
    }
  }

  #newPlaceholder(rule: string): string {
    for (;;) {
      const placeholder = placeholderOf(rule, newTag());
      if (!this.#byPlaceholder.has(placeholder)) return placeholder;
    }
  }
}
