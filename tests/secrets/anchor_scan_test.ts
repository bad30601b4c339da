import { deepEqual } from "node:assert/strict";
import { type Anchor, anchorScan } from "../../src/secrets/anchor_scan.ts";
import { test } from "../sanitized.ts";

const exact = (text: string): Anchor => ({ text, anyCase: false });
const anyCase = (text: string): Anchor => ({ text, anyCase: true });

function hits(anchors: readonly Anchor[], ...texts: readonly string[]): [string, number][] {
  const scan = anchorScan(anchors);
  return texts.flatMap((text) => {
    const found: [string, number][] = [];
    scan(text, (anchor, start) => void found.push([anchors[anchor]!.text, start]));
    return found;
  });
}

test("anchorScan() finds anchors that overlap, stand in each other and end together", () => {
  const found = hits([exact("abc"), exact("bcd"), exact("c"), exact("abcd")], "xabcdx");
  deepEqual(found.sort(), [["abc", 1], ["abcd", 1], ["bcd", 2], ["c", 3]]);
});

test("anchorScan() tells capitals apart where the anchor does", () => {
  deepEqual(hits([exact("SK"), anyCase("key")], "sk SK KeY key"), [["SK", 3], ["key", 6], ["key", 10]]);
});

test("anchorScan() begins anew at characters beyond ASCII, and with each text", () => {
  deepEqual(hits([exact("ab")], "aäb", "a", "b", "äab"), [["ab", 1]]);
});

test("anchorScan() grows with the anchors: it finds each of a thousand", () => {
  const anchors = Array.from({ length: 1000 }, (_, index) => exact(`${index}-anchor-${index}!`));
  const text = anchors.map((anchor) => anchor.text).join(" ");
  const found = new Set(hits(anchors, text).map(([anchor]) => anchor));
  deepEqual(anchors.filter((anchor) => !found.has(anchor.text)), []);
});
