/**
 * What a secret looks like, as data.
 *
 * A rule is found through its anchors: one scan looks for all anchors of all rules, and only where one stands is
 * the rule's pattern tried. So a pattern must be cheap to refuse, and how far it looks must be bounded or end at
 * the next anchor: the text may be made by an attacker (tests/secrets/linear_time_test.ts).
 *
 * @module
 */

export interface SecretRule {
  /** Names the rule in placeholders and reports: `[a-z0-9-]+`. */
  readonly id: string;
  readonly provider: string;
  /** Where the provider documents the format. */
  readonly source: string;
  /** Literals without regard to case; every match holds one of them where the pattern is tried. */
  readonly anchors: readonly string[];
  /**
   * Sticky, tried at an anchor. The secret is the match; or the group `secret`, which ends where the match ends.
   * A group `before` in a lookbehind belongs to the secret, too.
   */
  readonly pattern: RegExp;
  /** A text that holds one such secret, of obviously fake characters. */
  readonly example: string;
  /** Whether what the pattern found is a secret: entropy, and what is only a reference to one. */
  readonly accepts?: (secret: string) => boolean;
}

/** `[id, prefix, characters, how many at least]` */
export type TokenRow = readonly [id: string, prefix: string, characters: string, atLeast: number];

export const HEX = "0-9a-f";
export const LOWER = "a-z0-9";
export const UPPER = "A-Z0-9";
export const ALNUM = "A-Za-z0-9";
export const WORD = "A-Za-z0-9_";
export const URL_SAFE = "A-Za-z0-9_-";
export const BASE64 = "A-Za-z0-9+/";
export const DOTTED = "A-Za-z0-9_.-";

/** What may not stand before a token: the end of a word. */
export const START = "(?<![A-Za-z0-9])";

/** Tokens of one provider that begin with a prefix of their own and go on as far as their characters do. */
export function tokens(provider: string, source: string, rows: readonly TokenRow[]): SecretRule[] {
  return rows.map(([id, prefix, characters, atLeast]) => ({
    id,
    provider,
    source,
    anchors: [prefix],
    pattern: new RegExp(`${START}${literal(prefix)}[${characters}]{${atLeast},}`, "y"),
    example: `${prefix}${fake(characters, atLeast)}`,
  }));
}

/** Tokens of one provider whose format is more than a prefix. */
export function formats(
  provider: string,
  source: string,
  rules: readonly Pick<SecretRule, "id" | "anchors" | "pattern" | "example" | "accepts">[],
): SecretRule[] {
  return rules.map((rule) => ({ ...rule, provider, source }));
}

/** `count` characters that nobody takes for a secret: `Fake0123456789fake…`, in the characters of the format. */
export function fake(characters: string, count: number): string {
  const run = !/[a-z]-z|A-Z/.test(characters)
    ? "0123456789abcdef"
    : /a-z/.test(characters)
    ? "fake0123456789"
    : "FAKE234567";
  const mixed = /A-Z/.test(characters) && /a-z/.test(characters) ? `F${run.slice(1)}FAKE` : run;
  return mixed.repeat(Math.ceil(count / mixed.length)).slice(0, count);
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
