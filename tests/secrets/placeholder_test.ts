import { deepEqual, equal, match } from "node:assert/strict";
import {
  isPlaceholder,
  newTag,
  placeholderOf,
  placeholdersIn,
  replacePlaceholders,
} from "../../src/secrets/placeholder.ts";
import { test } from "../sanitized.ts";

const ONE = placeholderOf("github-token", "abc234");

test("newTag() draws six letters and digits", () => match(newTag(), /^[a-z2-7]{6}$/));

test("placeholdersIn() finds whole placeholders, and nothing that only begins like one", () => {
  deepEqual(placeholdersIn(`x${ONE}[REDACTED_SECRET:a:short]${ONE}`).length, 2);
  deepEqual(placeholdersIn("no such thing"), []);
});

test("replacePlaceholders() does not look again at what it put in", () => {
  equal(replacePlaceholders(`a ${ONE} b`, () => `<${ONE}>`), `a <${ONE}> b`);
});

test("isPlaceholder() wants one placeholder and nothing else", () => {
  deepEqual([ONE, ` ${ONE}`, `${ONE}${ONE}`, "", "x"].map(isPlaceholder), [true, false, false, false, false]);
});
