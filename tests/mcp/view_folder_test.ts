import assert from "node:assert/strict";
import { viewFolderMatches, viewGlob, viewTree } from "../../src/mcp/view_folder.ts";
import { test } from "../sanitized.ts";
import { type Workspace, workspace } from "./workspace.ts";

function viewed(work: Workspace) {
  return { host: work.scope.host, path: work.path, name: ".", signal: new AbortController().signal };
}

test("viewTree() shows folders first to last, five names of each below the root", async () => {
  await using work = await workspace();
  for (const name of ["z", "a/1", "a/2", "a/3", "a/4", "a/5", "a/6", "a/7", "b/c/d", ".git/x"]) {
    await work.write(name, "");
  }
  assert.equal((await viewTree(viewed(work), 1)).text, "Directory: .\n├── a/\n├── b/\n└── z");
  assert.deepEqual((await viewTree(viewed(work), 3)).text.split("\n"), [
    "Directory: .",
    "├── a/",
    "│   ├── 1",
    "│   ├── 2",
    "│   ├── 3",
    "│   ├── 4",
    "│   ├── 5",
    "│   └── ... 2 more item(s)",
    "├── b/",
    "│   └── c/",
    "│       └── d",
    "└── z",
  ]);
});

test("viewTree() shows all of a root that has many names, up to 300 lines", async () => {
  await using work = await workspace();
  for (let count = 0; count < 310; count++) await work.write(`f${count}`, "");
  const lines = (await viewTree(viewed(work), 1)).text.split("\n");
  assert.deepEqual([lines.length, lines.at(-1)], [301, "... (truncated)"]);
});

test("viewGlob() lists what a glob matches, ignored files too", async () => {
  await using work = await workspace();
  for (const name of ["a.ts", "b/c.ts", "b/d.js"]) await work.write(name, "");
  await work.write(".gitignore", "*.ts");
  const { text } = await viewGlob(viewed(work), (path) => /ts$|^b$/.test(path));
  assert.equal(text, "📄 a.ts\n📁 b\n📄 b/c.ts");
  assert.equal((await viewGlob(viewed(work), () => false)).text, "No files match in .");
});

test("viewGlob() counts what it does not show", async () => {
  await using work = await workspace();
  for (let count = 0; count < 302; count++) await work.write(`f${count}`, "");
  const lines = (await viewGlob(viewed(work), () => true)).text.split("\n");
  assert.deepEqual([lines.length, lines.at(-1)], [301, "... and 2 more files"]);
});

test("viewFolderMatches() searches every text file that git does not ignore", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one\ntwo\none more\n");
  await work.write(".hidden", "one");
  await work.write("sub/b.md", "one\n");
  await work.write("out/c.txt", "one");
  await work.write("binary", new Uint8Array([0x6f, 0x6e, 0x65, 0, 0]));
  await work.write(".gitignore", "out");
  await Deno.symlink(`${work.path}/a.txt`, `${work.path}/link`);
  const search = { pattern: (line: string) => line.includes("one"), glob: undefined, ignoreFrom: work.path };
  const { text } = await viewFolderMatches(viewed(work), search);
  assert.equal(text, ".hidden:1:one\na.txt:1:one\na.txt:3:one more\nsub/b.md:1:one");
  const some = await viewFolderMatches(viewed(work), { ...search, glob: (path) => path.endsWith(".md") });
  assert.equal(some.text, "sub/b.md:1:one");
  const none = await viewFolderMatches(viewed(work), { ...search, pattern: () => false });
  assert.equal(none.text, "No matches found in .");
});

test("viewFolderMatches() counts the matches that it does not show", async () => {
  await using work = await workspace();
  await work.write("a", "x\n".repeat(200));
  await work.write("b", "x\n".repeat(200));
  const search = { pattern: () => true, glob: undefined, ignoreFrom: work.path };
  const lines = (await viewFolderMatches(viewed(work), search)).text.split("\n");
  assert.deepEqual([lines.length, lines.at(-1)], [301, "... (truncated: 300 of 400 matches shown)"]);
});
