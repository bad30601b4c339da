import assert, { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { KnownIndex } from "../../src/secrets/known_index.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

function indexOf(...texts: readonly string[]): KnownIndex<string> {
  const index = new KnownIndex<string>();
  for (const text of texts) index.add({ text }, text);
  return index;
}

const found = (index: KnownIndex<string>, text: string) =>
  index.find(text).map(({ start, end, of }) => [start, end, of]);

test("KnownIndex finds known texts wherever they lie, as any search would", () => {
  const alphabet = fc.string({ unit: fc.constantFrom("a", "b", "ä"), minLength: 8, maxLength: 14 });
  fc.assert(
    fc.property(
      fc.array(alphabet, { maxLength: 5 }),
      fc.string({ unit: fc.constantFrom("a", "b", "ä"), maxLength: 60 }),
      (known, text) => {
        const index = indexOf(...known);
        const covered = new Set(
          index.find(text).flatMap(({ start, end }) =>
            Array.from({ length: end - start }, (_, at) => start + at)
          ),
        );
        const wanted = known.flatMap((one) =>
          [...text].flatMap((_, at) =>
            text.startsWith(one, at) ? Array.from(one, (_, step) => at + step) : []
          )
        );
        deepEqual([...covered].sort(), [...new Set(wanted)].sort());
      },
    ),
    { numRuns: runs(10_000), seed: SEED },
  );
});

test("KnownIndex takes the longest of those that begin together", () => {
  deepEqual(found(indexOf("abcdefgh", "abcdefghij"), "xabcdefghijx"), [[1, 11, "abcdefghij"]]);
});

test("KnownIndex grows a match over base64 that holds a part of the secret, and over nothing else", () => {
  const index = new KnownIndex<string>();
  index.add({ text: "abcdefgh", growsLeft: true, growsRight: true }, "it");
  deepEqual(found(index, "xabcdefghy"), [[0, 10, "it"]]);
  deepEqual(found(index, "(abcdefgh)"), [[1, 9, "it"]]);
});

test("KnownIndex says no to a text it has, and to a short one", () => {
  const index = indexOf("abcdefgh");
  deepEqual([index.add({ text: "abcdefgh" }, "2"), index.add({ text: "abc" }, "3")], [false, false]);
  deepEqual(found(index, "abcdefgh abc"), [[0, 8, "abcdefgh"]]);
});

test("KnownIndex.unfinished() says where the first known text begins that the end cuts", () => {
  const index = indexOf("secret-value-1", "value-1-is-longer");
  for (let length = 1; length < 14; length++) {
    equal(index.unfinished(`some ${"secret-value-1".slice(0, length)}`), 5, `${length}`);
  }
  equal(index.unfinished("some secret-value-1"), 12, "the second one begins in the first");
  assert.equal(index.unfinished("some secret"), 5);
  equal(index.unfinished("nothing"), 7);
});
