import assert from "node:assert/strict";
import fc from "fast-check";
import { clipContent } from "../../src/server/clip_content.ts";
import { test } from "../sanitized.ts";

const REST = "read file for full content";

test("clipContent() keeps head and tail of what is too long, with a mark that names it", () => {
  const clipped = clipContent("AGENTS.md", "x".repeat(1_000), 120, REST);
  assert.equal(clipped.length, 120);
  assert.match(clipped, /^x+\n\[\.\.\. truncated AGENTS\.md; read file for full content \.\.\.\]\nx+$/);
  const [head, tail] = clipped.split(/\n.*\n/);
  assert.deepEqual([head!.length, tail!.length], [49, 12]);
});

test("clipContent() keeps what fits, and cuts hard where not even the mark fits", () => {
  assert.equal(clipContent("a", "short", 5, REST), "short");
  assert.equal(clipContent("a", "🐙🐙🐙", 3, REST), "🐙🐙🐙");
  assert.equal(clipContent("a", "🐙".repeat(50), 3, REST), "🐙🐙🐙");
  assert.equal(clipContent("a", "text", 0, REST), "");
});

test("clipContent() never gives more than was asked for, nor half a character", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.nat(300), (text, max) => {
    const clipped = clipContent("name", text, max, REST);
    assert.ok([...clipped].length <= Math.max(max, 0));
    assert.ok(clipped.isWellFormed());
    if ([...text].length <= max) assert.equal(clipped, text);
  }));
});
