import { type Anchor, anchorScan } from "./anchor_scan.ts";
import type { SecretRule } from "./secret_rule.ts";

/** A stretch of a text, `end` exclusive, and the rule that found it. */
export interface RuleMatch {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** Finds what rules describe. Made once: building it costs milliseconds. */
export type RuleScan = (text: string) => RuleMatch[];

/** What a rule accepts may have stopped at the limit of its pattern: it goes on as far as the token does. */
const LONG = 64;
const REST = /[A-Za-z0-9+/_=.~%-]*/y;

/**
 * One scan over a text for all anchors of `rules`, and a try of their patterns where one stands. Of the rules that
 * match at one anchor the longest match counts, then the earlier rule. Matches may overlap; those of earlier rules
 * come first.
 */
export function ruleScan(rules: readonly SecretRule[]): RuleScan {
  const byAnchor = groupByAnchor(rules);
  const anchors = [...byAnchor.keys()].map((key): Anchor => JSON.parse(key));
  const rulesAt = [...byAnchor.values()];
  const scan = anchorScan(anchors);
  const ranks = new Map(rules.map(({ id }, rank) => [id, rank]));
  return (text) => {
    const found: RuleMatch[] = [];
    let last: RuleMatch | undefined;
    let again = false;
    scan(text, (anchor, start) => {
      const inside = last && start >= last.start && start < last.end;
      // A value may have a rule of its own, which names it better. Apart from that, once, nothing is tried inside
      // what was found: again and again it costs too much.
      if (inside && (again || start > last!.start)) return;
      again = inside ?? false;
      const match = longest(rulesAt[anchor]!, text, start);
      if (!match) return;
      found.push(match);
      last = match;
    });
    return found.sort((a, b) => ranks.get(a.rule)! - ranks.get(b.rule)!);
  };
}

function longest(rules: readonly SecretRule[], text: string, at: number): RuleMatch | undefined {
  let best: RuleMatch | undefined;
  for (const { id, pattern, accepts } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const { before = "", secret = match[0] } = match.groups ?? {};
    const end = at + match[0].length;
    const start = end - secret.length - before.length;
    if (best && end - start <= best.end - best.start) continue;
    if (accepts && !accepts(before + secret)) continue;
    best = { start, end: accepts && secret.length >= LONG ? endOfToken(text, end) : end, rule: id };
  }
  return best;
}

/** `at`, or where the token ends that goes on there. */
function endOfToken(text: string, at: number): number {
  REST.lastIndex = at - 1;
  return at - 1 + Math.max(1, REST.exec(text)?.[0].length ?? 0);
}

/**
 * By anchor, as JSON. No anchor begins with another one: where that stands, all rules are tried whose anchors begin
 * so.
 */
function groupByAnchor(rules: readonly SecretRule[]): Map<string, SecretRule[]> {
  const own = rules.flatMap((rule) =>
    rule.anchors.map((text) => ({ rule, text, anyCase: rule.pattern.ignoreCase }))
  );
  const keys = new Set(own.map(({ text, anyCase }) => keyOf(text, anyCase)));
  const groups = new Map<string, SecretRule[]>();
  for (const { rule, text, anyCase } of own) {
    const beginnings = Array.from(text, (_, index) => text.slice(0, index + 1));
    const shortest = beginnings.flatMap((beginning) => [
      keyOf(beginning, true),
      ...(anyCase ? [] : [keyOf(beginning, false)]),
    ]).find((key) => keys.has(key))!;
    groups.set(shortest, [...groups.get(shortest) ?? [], rule]);
  }
  return groups;
}

function keyOf(text: string, anyCase: boolean): string {
  return JSON.stringify({ text: anyCase ? text.toLowerCase() : text, anyCase } satisfies Anchor);
}
