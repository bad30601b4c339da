import { deepEqual, equal, notEqual } from "node:assert/strict";
import { HeldSecrets } from "../../src/secrets/held_secrets.ts";
import { test } from "../sanitized.ts";

test("HeldSecrets gives a value one placeholder, under the rule that found it first", () => {
  const held = new HeldSecrets();
  const first = held.hold("value", "a", false);
  equal(held.hold("value", "b", false), first);
  equal(held.of(first.placeholder)?.value, "value");
  notEqual(held.hold("other", "a", false).placeholder, first.placeholder);
});

test("HeldSecrets seals a value for good, and every one that holds it", () => {
  const held = new HeldSecrets();
  const [one, longer, other] = ["value", "a value b", "other"].map((value) => held.hold(value, "a", false));
  held.hold("value", "a", true);
  held.hold("value", "a", false);
  deepEqual([one!.sealed, longer!.sealed, other!.sealed], [true, false, false]);
  held.sealAllWith(["value"]);
  deepEqual([one!.sealed, longer!.sealed, other!.sealed], [true, true, false]);
});

test("HeldSecrets holds no more than it may: what comes then has a placeholder that stands for nothing", () => {
  const held = new HeldSecrets();
  const large = "x".repeat(9 * 1024 * 1024);
  const [first, second] = [held.hold(`a${large}`, "a", false), held.hold(`b${large}`, "a", false)];
  equal(held.of(first.placeholder)?.value.length, large.length + 1);
  equal(held.of(second.placeholder), undefined);
});
