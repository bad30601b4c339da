import assert from "node:assert/strict";
import { ApiError } from "../../src/server/api_error.ts";
import { callerContext } from "../../src/server/caller_context.ts";
import { test } from "../sanitized.ts";

const item = (content: string, name = "n") => ({ name, content });
const times = (count: number, one: ReturnType<typeof item>) => Array.from({ length: count }, () => one);

test("callerContext() takes what is within the limits, in Unicode characters", () => {
  assert.equal(callerContext(times(32, item("x"))).length, 32);
  assert.equal(callerContext([item("🐙".repeat(50_000), "🐙".repeat(256))]).length, 1);
  assert.equal(callerContext(times(10, item("x".repeat(50_000)))).length, 10);
});

test("callerContext() refuses what is beyond them, in the words of the API", () => {
  const cases: [ReturnType<typeof item>[], string][] = [
    [times(33, item("x")), "context can include at most 32 entries"],
    [[item("x", "n".repeat(257))], "context.name exceeds 256 characters"],
    [[item("x".repeat(50_001))], "context.content exceeds 50000 characters"],
    [[...times(10, item("x".repeat(50_000))), item("x")], "total context exceeds 500000 characters"],
    [[item(" ".repeat(50_001))], "context.content exceeds 50000 characters"],
  ];
  for (const [items, message] of cases) {
    assert.throws(() => callerContext(items), (error) => {
      assert.ok(error instanceof ApiError);
      assert.deepEqual([error.status, error.code, error.message], [400, "invalid_context", message]);
      return true;
    });
  }
});

test("callerContext() leaves out items that say nothing, and keeps priorities", () => {
  const items = [item("  "), item("x", " "), { ...item(" text ", " note "), priority: "high" }];
  assert.deepEqual(callerContext(items), [{ name: "note", content: "text", priority: "high" }]);
});
