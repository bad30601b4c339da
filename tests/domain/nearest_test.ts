import assert from "node:assert/strict";
import { nearest } from "../../src/domain/nearest.ts";
import { test } from "../sanitized.ts";

test("nearest() finds what a typo meant", () => {
  assert.equal(nearest("profle", ["profile", "prompt"]), "profile");
  assert.equal(nearest("PROFILE", ["profile"]), "profile");
  assert.equal(nearest("cro", ["cron"]), "cron");
});

test("nearest() has no guess for another word, a very long one, or without candidates", () => {
  assert.equal(nearest("banana", ["profile", "cron"]), undefined);
  assert.equal(nearest("x".repeat(65), ["x".repeat(64)]), undefined);
  assert.equal(nearest("a", []), undefined);
});
