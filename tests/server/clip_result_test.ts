import assert from "node:assert/strict";
import fc from "fast-check";
import { RUN_LIMITS } from "../../src/domain/run_limits.ts";
import { clipResult } from "../../src/server/clip_result.ts";
import { test } from "../sanitized.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text).length;

test("clipResult() drops control characters and what stood for bytes, and keeps lines and tabs", () => {
  assert.equal(clipResult("ok\u0007done"), "ok" + "done");
  assert.equal(clipResult("a\tb\r\nc\u001b[0m\u007f\u0085\ufffd\ud800d\u0000"), "a\tb\r\nc[0md");
});

test("clipResult() says that there is nothing where there is nothing", () => {
  for (const nothing of ["", "\u0000", "\ufffd\u0007"]) {
    assert.equal(clipResult(nothing), "<empty tool result>");
  }
});

test("clipResult() keeps what fits whole", () => {
  const text = "é".repeat(RUN_LIMITS.resultBytes / 2);
  assert.equal(clipResult(text), text);
});

test("clipResult() keeps head and tail of what is longer, and says how much is missing", () => {
  const text = `first\n${"x".repeat(RUN_LIMITS.resultBytes)}\nlast`;
  const clipped = clipResult(text);
  assert.match(clipped, /^first\nx+\n\[\.\.\. \d+ of 65547 bytes are left out \.\.\.\]\nx+\nlast$/);
  const missing = Number(/\.\.\. (\d+) of/.exec(clipped)![1]);
  assert.equal(clipped.match(/x/g)!.length + missing, RUN_LIMITS.resultBytes);
});

test("clipResult() gives well-formed text within the limit, whatever the tool said", () => {
  const piece = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(piece, fc.nat(80_000), fc.nat(3), (text, times, shift) => {
      const clipped = clipResult("a".repeat(shift) + text.repeat(Math.ceil(times / text.length)));
      assert.ok(bytesOf(clipped) <= RUN_LIMITS.resultBytes);
      assert.ok(clipped !== "" && clipped.isWellFormed());
      assert.ok(!clipped.includes("\ufffd"));
    }),
    { numRuns: 60 },
  );
});
