/**
 * The last thing that text passes before it leaves the process: known values first, patterns second.
 *
 * A known value is one the supervisor itself holds (configuration, environment). The placeholder
 * `[REDACTED_SECRET:<rule>:<6 characters>]` is stable for a value within one process and says nothing about it.
 *
 * @module
 */
import { SECRET_PATTERNS } from "./patterns.ts";

/** Shorter values would blank out ordinary words. */
const SHORTEST_KNOWN_VALUE = 8;

export class Redactor {
  readonly #known = new Set<string>();
  readonly #tags = new Map<string, string>();

  /** Registers a secret; blank and very short values are ignored. */
  add(value: string | undefined): void {
    const trimmed = value?.trim() ?? "";
    if (trimmed.length >= SHORTEST_KNOWN_VALUE) this.#known.add(trimmed);
  }

  /** `text` with every secret replaced. */
  redact(text: string): string {
    const longestFirst = [...this.#known].sort((a, b) => b.length - a.length);
    const known = longestFirst.reduce(
      (result, value) => result.replaceAll(value, () => this.#placeholder("known", value)),
      text,
    );
    return SECRET_PATTERNS.reduce(
      (result, { rule, pattern }) => result.replace(pattern, (value) => this.#placeholder(rule, value)),
      known,
    );
  }

  #placeholder(rule: string, value: string): string {
    let tag = this.#tags.get(value);
    if (!tag) {
      tag = crypto.randomUUID().replaceAll("-", "").slice(0, 6);
      this.#tags.set(value, tag);
    }
    return `[REDACTED_SECRET:${rule}:${tag}]`;
  }
}
