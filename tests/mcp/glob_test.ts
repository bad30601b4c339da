import assert from "node:assert/strict";
import { compileGlob } from "../../src/mcp/glob.ts";
import { test } from "../sanitized.ts";

function matching(glob: string, ...paths: string[]): string[] {
  const pattern = compileGlob(glob);
  assert.ok(typeof pattern === "function", JSON.stringify(pattern));
  return paths.filter(pattern);
}

test("compileGlob() takes a glob without slash for a name in any folder", () => {
  assert.deepEqual(matching("*.ts", "a.ts", "b/c.ts", "a.tsx", "a.ts/b"), ["a.ts", "b/c.ts"]);
  assert.deepEqual(matching("a?c", "abc", "x/abc", "ac", "a/c"), ["abc", "x/abc"]);
});

test("compileGlob() takes a glob with a slash for a path", () => {
  assert.deepEqual(matching("src/*.ts", "src/a.ts", "x/src/a.ts", "src/b/a.ts"), ["src/a.ts"]);
  assert.deepEqual(matching("/a.ts", "a.ts", "b/a.ts"), ["a.ts"]);
  assert.deepEqual(matching("src/**/a.ts", "src/a.ts", "src/b/c/a.ts", "src/ba.ts"), [
    "src/a.ts",
    "src/b/c/a.ts",
  ]);
  assert.deepEqual(matching("**/b/*", "b/c", "a/b/c", "a/b/c/d"), ["b/c", "a/b/c"]);
  assert.deepEqual(matching("a/**", "a/b", "a/b/c", "a"), ["a/b", "a/b/c"]);
});

test("compileGlob() knows classes, alternatives and escapes", () => {
  assert.deepEqual(matching("[a-c]x[!0-9]", "axb", "ax1", "dxb", "ax/"), ["axb"]);
  assert.deepEqual(matching("*.{ts,js}", "a.ts", "a.js", "a.css", "a.{ts,js}"), ["a.ts", "a.js"]);
  assert.deepEqual(matching("a.b+(c)|$^", "a.b+(c)|$^", "axb+(c)|$^"), ["a.b+(c)|$^"]);
  assert.deepEqual(matching("\\*", "*", "a"), ["*"]);
  assert.deepEqual(matching("a,b}", "a,b}"), ["a,b}"]);
});

test("compileGlob() says what is wrong", () => {
  assert.deepEqual(compileGlob("[a"), { wrong: "a [ has no ]" });
  assert.deepEqual(compileGlob("{a"), { wrong: "a { has no }" });
  assert.ok("wrong" in compileGlob("[z-a]"));
  assert.deepEqual(compileGlob("[".repeat(201)), { wrong: "it has 201 characters, at most 200" });
});
