import assert from "node:assert/strict";
import { PathError } from "../../../src/host/inspection.ts";
import { strReplace } from "../../../src/mcp/tools/str_replace.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("str_replace replaces the only occurrence and shows the difference", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one\ntwo\nthree\n");
  assert.deepEqual(await work.call(strReplace, { path: "a.txt", old_str: "two", new_str: "2" }), {
    text: "Successfully replaced 1 occurrences of text (local)\n" +
      "```diff\n--- a.txt\n+++ a.txt\n@@ -2 +2 @@\n-two\n+2\n```",
  });
  assert.equal(await work.read("a.txt"), "one\n2\nthree\n");
});

test("str_replace refuses a text that is there more than once, and says where", async () => {
  await using work = await workspace();
  await work.write("a.txt", "aa\nx\naaa\n");
  const { code, text } = await work.call(strReplace, { path: "a.txt", old_str: "aa", new_str: "b" });
  assert.equal(code, "STRING_NOT_UNIQUE");
  assert.match(
    text,
    /is there 3 times \(lines 1, 3, 3\); give more of the text around it, or set replace_all$/,
  );
  assert.equal(await work.read("a.txt"), "aa\nx\naaa\n");
});

test("str_replace replaces every occurrence where it is told to", async () => {
  await using work = await workspace();
  await work.write("a.txt", "aa\nx\naaa\n");
  const input = { path: "a.txt", "old_str": "aa", "new_str": "$&", "replace_all": true };
  assert.match((await work.call(strReplace, input)).text, /^Successfully replaced 2 occurrences/);
  assert.equal(await work.read("a.txt"), "$&\nx\n$&a\n");
});

test("str_replace takes plain quotes for typographic ones, and keeps the line ends of the file", async () => {
  await using work = await workspace();
  await work.write("a.txt", "say “hi”\r\nand go\r\nend – really");
  await work.call(strReplace, { path: "a.txt", old_str: 'say "hi"\nand', new_str: "then\nyou" });
  assert.equal(await work.read("a.txt"), "then\r\nyou go\r\nend – really");
});

test("str_replace keeps a script executable and a link a link", async () => {
  await using work = await workspace();
  await work.write("run.sh", "echo a\n");
  await Deno.chmod(`${work.path}/run.sh`, 0o755);
  await Deno.symlink("run.sh", `${work.path}/link`);
  await work.call(strReplace, { path: "link", old_str: "a", new_str: "b" });
  assert.equal(await work.read("run.sh"), "echo b\n");
  assert.equal((await Deno.stat(`${work.path}/run.sh`)).mode! & 0o777, 0o755);
  assert.equal((await Deno.lstat(`${work.path}/link`)).isSymlink, true);
});

test("str_replace of two calls at once loses neither", async () => {
  await using work = await workspace();
  const names = Array.from({ length: 20 }, (_, i) => `<${i}>`);
  await work.write("a.txt", names.join("\n"));
  await Promise.all(
    names.map((name) => work.call(strReplace, { path: "a.txt", old_str: name, new_str: `${name}!` })),
  );
  assert.equal(await work.read("a.txt"), names.map((name) => `${name}!`).join("\n"));
});

test("str_replace saves a long difference to a file", async () => {
  await using work = await workspace();
  await work.write("a.txt", "x\n".repeat(500));
  const { text } = await work.call(strReplace, {
    path: "a.txt",
    old_str: "x",
    new_str: "y",
    replace_all: true,
  });
  assert.match(
    text,
    /^Successfully replaced 500 occurrences of text \(local\)\nShowing the last 300 \/ 1504 output/,
  );
});

test("str_replace says what it cannot do, and then changes nothing", async () => {
  await using work = await workspace();
  await work.write("a.txt", "one");
  await work.write("latin1", new Uint8Array([0x6f, 0x6e, 0x65, 0xff]));
  const cases: [Record<string, unknown>, string][] = [
    [{ old_str: "one", new_str: "one" }, "OLD_STR_NEW_STR_IDENTICAL"],
    [{ old_str: "two", new_str: "" }, "STRING_NOT_FOUND"],
    [{ path: "nothing", old_str: "one", new_str: "" }, "FILE_READ_ERROR"],
    [{ path: ".", old_str: "one", new_str: "" }, "FILE_READ_ERROR"],
    [{ path: "latin1", old_str: "one", new_str: "" }, "FILE_READ_ERROR"],
    [{ path: "/etc/hostname", old_str: "one", new_str: "" }, "INVALID_PATH"],
    [{ old_str: "", new_str: "x" }, "INVALID_ARGUMENTS"],
  ];
  for (const [input, code] of cases) {
    assert.equal(
      (await work.call(strReplace, { path: "a.txt", ...input })).code,
      code,
      JSON.stringify(input),
    );
  }
  assert.equal(await work.read("a.txt"), "one");
});

test("str_replace says that a file cannot be written", async () => {
  await using work = await workspace((host) => ({
    ...host,
    rewriteFile: (path) => Promise.reject(new PathError(path, "permission denied")),
  }));
  await work.write("a.txt", "one");
  assert.deepEqual(await work.call(strReplace, { path: "a.txt", old_str: "one", new_str: "two" }), {
    code: "FILE_WRITE_ERROR",
    text: "Cannot change a.txt: permission denied",
  });
});
