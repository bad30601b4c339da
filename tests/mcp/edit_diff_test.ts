import assert from "node:assert/strict";
import fc from "fast-check";
import { applyEdits, editDiff } from "../../src/mcp/edit_diff.ts";
import { findText } from "../../src/mcp/find_text.ts";
import { runs, SEED } from "../runs.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";

const ALL = { overlapping: false, most: 100 };

function diffOf(text: string, wanted: string, by: string): string {
  const edits = findText(text, wanted, ALL).map((span) => ({ ...span, by }));
  return editDiff("p", text, edits).replace("--- p\n+++ p\n", "");
}

test("editDiff() shows the lines that change and no others", () => {
  assert.equal(diffOf("a\nb\nc\n", "b", "x"), "@@ -2 +2 @@\n-b\n+x");
  assert.equal(diffOf("a\nb\nc\n", "b\n", ""), "@@ -2 +1,0 @@\n-b");
  assert.equal(diffOf("a\nc\n", "c", "b\nc"), "@@ -1,0 +2 @@\n+b");
  assert.equal(diffOf("a\nb\n", "a\nb\n", ""), "@@ -1,2 +0,0 @@\n-a\n-b");
  assert.equal(diffOf("a\nb", "a\n", "a"), "@@ -1,2 +1 @@\n-a\n-b\n+ab");
});

test("editDiff() puts edits of one line together and counts lines on", () => {
  assert.equal(
    diffOf("x x\ny\nx\n", "x", "1\n2"),
    "@@ -1 +1,3 @@\n-x x\n+1\n+2 1\n+2\n@@ -3 +5,2 @@\n-x\n+1\n+2",
  );
});

test("editDiff() is a patch that makes the edited text", async () => {
  if (!await judge("git", ["--version"])) return notJudged("git is not installed");
  const folder = await Deno.makeTempDir();
  try {
    const lines = fc.array(fc.constantFrom("a", "b", "ab", ""), { maxLength: 8 }).map((all) =>
      all.map((line) => `${line}\n`).join("")
    );
    const by = fc.constantFrom("", "x", "x\n", "x\ny\n", "\nx", "a");
    await fc.assert(
      fc.asyncProperty(
        lines,
        fc.constantFrom("a", "b\n", "\n", "a\nb", "ab\n"),
        by,
        async (text, wanted, by) => {
          const edits = findText(text, wanted, ALL).map((span) => ({ ...span, by }));
          const after = applyEdits(text, edits);
          // Said otherwise in a patch, which this diff has no use for.
          fc.pre(edits.length > 0 && after !== text && after !== "" && after.endsWith("\n"));
          await Deno.writeTextFile(`${folder}/p`, text);
          await Deno.writeTextFile(`${folder}/patch`, `${editDiff("p", text, edits)}\n`);
          const applied = await judge("git", ["apply", "--unidiff-zero", "-p0", "patch"], { cwd: folder });
          assert.ok(applied!.ok, applied!.said);
          assert.equal(await Deno.readTextFile(`${folder}/p`), after);
        },
      ),
      { numRuns: runs(1_000), seed: SEED },
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
