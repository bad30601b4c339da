import assert from "node:assert/strict";
import { PathError } from "../../../src/host/inspection.ts";
import { remove } from "../../../src/mcp/tools/remove.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("remove moves a file to a backup and says where that is", async () => {
  await using work = await workspace();
  await work.write("a&b", "text");
  const { code, text } = await work.call(remove, { path: "a&b" });
  assert.equal(code, undefined);
  const [head, open, file, close] = text.split("\n");
  assert.deepEqual([head, open, close], [
    "Successfully removed file 'a&b'",
    "<file_backups>",
    "</file_backups>",
  ]);
  const [, original, backup] = /^ {2}<file original_path="(.*)" backup_path="(.*)" location="local"\/>$/.exec(
    file!,
  )!;
  assert.equal(original, `${work.path}/a&#38;b`);
  assert.equal(await Deno.readTextFile(backup!.replace("&#38;", "&")), "text");
  await assert.rejects(Deno.stat(`${work.path}/a&b`), Deno.errors.NotFound);
});

test("remove wants to be told that it is a folder", async () => {
  await using work = await workspace();
  await work.write("a/b", "text");
  assert.deepEqual(await work.call(remove, { path: "a" }), {
    code: "RECURSIVE_REQUIRED",
    text: "Cannot remove a: it is a folder; set recursive",
  });
  assert.equal(await work.read("a/b"), "text");
  assert.match(
    (await work.call(remove, { path: "a/", recursive: true })).text,
    /^Successfully removed directory 'a\/' \(recursively\)\n/,
  );
});

test("remove removes a link, not what it leads to", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await other.write("kept/x", "text");
  await Deno.symlink(`${other.path}/kept`, `${work.path}/link`);
  assert.match((await work.call(remove, { path: "link/" })).text, /^Successfully removed file 'link\/'\n/);
  assert.equal(await other.read("kept/x"), "text");
  await assert.rejects(Deno.lstat(`${work.path}/link`), Deno.errors.NotFound);
});

test("remove refuses the workspace, what is above or outside, and the backups", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await other.write("x", "text");
  await Deno.symlink(other.path, `${work.path}/link`);
  for (
    const path of [
      ".",
      work.path,
      "..",
      "/",
      "link/x",
      `${other.path}/x`,
      ".stakpak",
      ".stakpak/session/backups",
    ]
  ) {
    assert.equal((await work.call(remove, { path, recursive: true })).code, "INVALID_PATH", path);
  }
  const above = { path: "..", recursive: true, "outside_workspace": true };
  assert.equal((await work.call(remove, above)).code, "INVALID_PATH");
  assert.equal(await other.read("x"), "text");
});

test("remove leaves the workspace where the call says so", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await other.write("x", "text");
  const input = { path: `${other.path}/x`, "outside_workspace": true };
  assert.match((await work.call(remove, input)).text, /^Successfully removed file/);
});

test("remove removes nothing that it cannot keep", async () => {
  await using work = await workspace((host) => ({
    ...host,
    makeFolder: (path) => Promise.reject(new PathError(path, "No space left on device")),
  }));
  await work.write("a", "text");
  assert.deepEqual(await work.call(remove, { path: "a" }), {
    code: "BACKUP_ERROR",
    text: "Cannot remove a: No space left on device",
  });
  assert.equal(await work.read("a"), "text");
  assert.equal((await work.call(remove, { path: "nothing" })).code, "PATH_NOT_FOUND");
});
