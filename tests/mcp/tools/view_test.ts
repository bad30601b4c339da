import assert from "node:assert/strict";
import { view } from "../../../src/mcp/tools/view.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("view shows a file, a range of it, and the lines that match", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one\ntwo\n");
  const call = (input: Record<string, unknown>) => work.call(view, { path: "a.txt", ...input });
  assert.deepEqual(await call({}), { text: "File: a.txt (2 lines)\n  1: one\n  2: two" });
  assert.deepEqual(await call({ view_range: [2, -1] }), { text: "File: a.txt (lines 2-2)\n  2: two" });
  assert.deepEqual(await call({ grep: "^t.o" }), { text: "2:two" });
});

test("view shows a folder, its tree, the files that a glob matches, and the lines in them", async () => {
  await using work = await workspace();
  await work.write("a/b/c.md", "one\n");
  await work.write("a/b/d.txt", "one\n");
  const call = (input: Record<string, unknown>) => work.call(view, { path: ".", ...input });
  assert.deepEqual(await call({}), { text: "Directory: .\n└── a/" });
  assert.match((await call({ tree: true })).text, /d\.txt$/);
  assert.deepEqual(await call({ glob: "*.md" }), { text: "📄 a/b/c.md" });
  assert.deepEqual(await call({ grep: "o", glob: "**/*.md" }), { text: "a/b/c.md:1:one" });
});

test("view says what it cannot do", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one");
  await work.write("binary", new Uint8Array([0, 1]));
  const cases: [Record<string, unknown>, string][] = [
    [{ path: "nothing" }, "FILE_NOT_FOUND"],
    [{ path: "binary" }, "READ_ERROR"],
    [{ path: "/etc/hostname" }, "INVALID_PATH"],
    [{ path: "ada@host:/x" }, "INVALID_PATH"],
    [{ path: "a.txt", grep: "(" }, "INVALID_REGEX"],
    [{ path: ".", glob: "[" }, "INVALID_GLOB"],
    [{ path: "a.txt", view_range: [2, 1] }, "FORMAT_ERROR"],
    [{ path: ".", view_range: [1, 2] }, "FORMAT_ERROR"],
    [{ path: "a.txt", tree: true }, "FORMAT_ERROR"],
    [{ path: "a.txt", grep: "x", view_range: [1, 2] }, "FORMAT_ERROR"],
    [{ path: "a.txt", view_range: [1] }, "INVALID_ARGUMENTS"],
    [{ path: "a.txt", password: "x" }, "INVALID_ARGUMENTS"],
  ];
  for (const [input, code] of cases) {
    assert.equal((await work.call(view, input)).code, code, JSON.stringify(input));
  }
});

test("view leaves the workspace where the call says so", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await other.write("x", "there");
  const input = { path: `${other.path}/x`, "outside_workspace": true };
  assert.match((await work.call(view, input)).text, /1: there$/);
});

test("view stops when it is cancelled", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one");
  const signal = AbortSignal.abort(new Error("enough"));
  await assert.rejects(work.call(view, { path: "a.txt" }, signal), { message: "enough" });
});
