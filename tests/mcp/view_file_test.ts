import assert from "node:assert/strict";
import { viewLines, viewMatches } from "../../src/mcp/view_file.ts";
import { test } from "../sanitized.ts";
import { type Workspace, workspace } from "./workspace.ts";

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}\n`).join("");

async function viewed(work: Workspace, text: string | Uint8Array) {
  await work.write("file", text);
  const { signal } = new AbortController();
  return { host: work.scope.host, path: `${work.path}/file`, name: "file", signal };
}

test("viewLines() numbers the lines of a file", async () => {
  await using work = await workspace();
  assert.equal(
    (await viewLines(await viewed(work, "a\n\nc"))).text,
    "File: file (3 lines)\n  1: a\n  2: \n  3: c",
  );
  assert.equal((await viewLines(await viewed(work, ""))).text, "File: file (0 lines)");
});

test("viewLines() shows 300 lines whole, and the first 300 of more", async () => {
  await using work = await workspace();
  const whole = (await viewLines(await viewed(work, numbered(300)))).text.split("\n");
  assert.deepEqual([whole.length, whole[0], whole[300]], [301, "File: file (300 lines)", "300: line 300"]);
  const first = (await viewLines(await viewed(work, numbered(301)))).text.split("\n");
  assert.deepEqual([first.length, first[0]], [302, "File: file (showing 300 / 301 lines)"]);
  assert.deepEqual([first[300], first[301]], ["300: line 300", "..."]);
});

test("viewLines() shows the lines of a range, both ends included", async () => {
  await using work = await workspace();
  const file = await viewed(work, numbered(1000));
  assert.equal((await viewLines(file, [9, 10])).text, "File: file (lines 9-10)\n  9: line 9\n 10: line 10");
  assert.equal((await viewLines(file, [1000, -1])).text, "File: file (lines 1000-1000)\n1000: line 1000");
  assert.match((await viewLines(file, [999, 2000])).text, /^File: file \(lines 999-1000\)\n/);
  assert.match((await viewLines(file, [1, 300])).text, /^File: file \(lines 1-300\)\n[^.]*\n300: line 300$/);
  const { text } = await viewLines(file, [2, 302]);
  assert.match(text, /^File: file \(showing lines 2-301, only the first 300 lines of your view range\)\n/);
  assert.match(text, /\n301: line 301\n\.\.\.$/);
});

test("viewLines() refuses a range that ends before it starts, or starts behind the end", async () => {
  await using work = await workspace();
  const file = await viewed(work, numbered(3));
  for (const range of [[3, 2], [0, 2], [1, 0], [1, -2], [4, 5], [4, -1]] as const) {
    const { code, text } = await viewLines(file, range);
    assert.equal(code, "FORMAT_ERROR");
    assert.match(text, new RegExp(`^Cannot show lines ${range[0]} to ${range[1]} of file: `));
  }
});

test("viewLines() cuts long lines, and stops at 64 KiB", async () => {
  await using work = await workspace();
  const { text } = await viewLines(await viewed(work, `${"x".repeat(5_000)}\n`.repeat(100)));
  assert.match(
    text,
    /^File: file \(showing 32 \/ 100 lines\)\n {2}1: x{2000}\.\.\. \(cut after 2000 characters\)\n/,
  );
  assert.ok(text.length < 66_000);
});

test("viewLines() survives bytes that are not UTF-8 and refuses binary files", async () => {
  await using work = await workspace();
  const odd = await viewed(work, new Uint8Array([0x61, 0xff, 0x0a]));
  assert.equal((await viewLines(odd)).text, "File: file (1 lines)\n  1: a\ufffd");
  await assert.rejects(viewLines(await viewed(work, new Uint8Array([0x61, 0, 0x0a]))), /binary/);
});

test("viewMatches() gives the lines that match, and counts those that are not shown", async () => {
  await using work = await workspace();
  const file = await viewed(work, numbered(400));
  assert.equal(
    (await viewMatches(file, (line) => line.endsWith("99"))).text,
    "99:line 99\n199:line 199\n299:line 299\n399:line 399",
  );
  assert.equal((await viewMatches(file, () => false)).text, "No matches found in file");
  const lines = (await viewMatches(file, () => true)).text.split("\n");
  assert.deepEqual([lines.length, lines[300]], [301, "... (truncated: 300 of 400 matches shown)"]);
});
