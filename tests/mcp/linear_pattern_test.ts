import assert from "node:assert/strict";
import { compilePattern } from "../../src/mcp/linear_pattern.ts";
import { test } from "../sanitized.ts";

function matches(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  assert.ok(typeof pattern === "function", JSON.stringify(pattern));
  return pattern(text);
}

test("compilePattern() takes RE2's syntax and matches anywhere", () => {
  assert.equal(matches("err(or)?\\s+\\d{2}", "an error 42"), true);
  assert.equal(matches("(?i)ERROR$", "an error"), true);
  assert.equal(matches("^error", "an error"), false);
});

test("compilePattern() says what is wrong", () => {
  assert.match((compilePattern("(a") as { wrong: string }).wrong, /missing closing \)/);
  assert.match((compilePattern("a(?=b)") as { wrong: string }).wrong, /invalid or unsupported/);
  assert.match((compilePattern("x".repeat(501)) as { wrong: string }).wrong, /501 characters, at most 500/);
});

test("compilePattern() does not backtrack", () => {
  const start = performance.now();
  for (const source of ["(a+)+$", "(a*)*b", "(a|a)*b", "a*a*a*a*a*a*b"]) {
    assert.equal(matches(source, `${"a".repeat(60_000)}!`), false);
  }
  assert.ok(performance.now() - start < 2_000);
});
