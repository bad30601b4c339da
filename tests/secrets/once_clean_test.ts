import assert from "node:assert/strict";
import { onceClean } from "../../src/secrets/once_clean.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { test } from "../sanitized.ts";

const SECRET = "kX9vQ2mL7pR4tZ8wB3nC";

/** Counts how often it is asked. */
class Counting extends Redactor {
  asked = 0;
  override redact(text: string): string {
    this.asked++;
    return super.redact(text);
  }
}

test("onceClean() looks once at what is clean, and each time at what is not", () => {
  const redactor = new Counting();
  redactor.add(SECRET);
  const redact = onceClean(redactor);
  for (let time = 0; time < 3; time++) {
    assert.equal(redact("a word"), "a word");
    assert.match(redact(`key ${SECRET}`), /^key \[REDACTED_SECRET:known:\w{6}\]$/);
  }
  assert.equal(redactor.asked, 4);
});

test("onceClean() looks again once a secret is added, or was seen in another text", () => {
  const redactor = new Redactor();
  const redact = onceClean(redactor);
  const added = "the word correcthorsebattery9";
  assert.equal(redact(added), added);
  redactor.add("correcthorsebattery9");
  assert.match(redact(added), /^the word \[REDACTED_SECRET:known:/);
  const seen = "it is Zx9mango7kelp42";
  assert.equal(redact(seen), seen);
  redactor.see("Zx9mango7kelp42", "password");
  assert.match(redact(seen), /^it is \[REDACTED_SECRET:password:/);
});

test("onceClean() takes what looks like a placeholder for none once a secret stands in it", () => {
  const redactor = new Redactor();
  const redact = onceClean(redactor);
  const text = "[REDACTED_SECRET:hunter-two-seven:abc123]";
  assert.equal(redact(text), text);
  redactor.add("hunter-two-seven");
  assert.ok(!redact(text).includes("hunter-two-seven"));
});

test("onceClean() remembers no more than a conversation", () => {
  const redactor = new Counting();
  const redact = onceClean(redactor);
  const long = "word ".repeat(150_000);
  for (const text of ["a", long, "a", `${long}.`, "a"]) assert.equal(redact(text), text);
  assert.equal(redactor.asked, 4);
});
