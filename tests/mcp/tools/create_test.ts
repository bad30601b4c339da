import assert from "node:assert/strict";
import { PathError } from "../../../src/host/inspection.ts";
import { create } from "../../../src/mcp/tools/create.ts";
import { test } from "../../sanitized.ts";
import { workspace } from "../workspace.ts";

test("create makes a file and the folders above it", async () => {
  await using work = await workspace();
  assert.deepEqual(await work.call(create, { path: "a/b/c.txt", file_text: "one\ntwo\n" }), {
    text: "Successfully created file a/b/c.txt with 2 lines",
  });
  assert.equal(await work.read("a/b/c.txt"), "one\ntwo\n");
  assert.match((await work.call(create, { path: "d", file_text: "one\ntwo" })).text, /with 2 lines$/);
  assert.match((await work.call(create, { path: "e", file_text: "" })).text, /with 0 lines$/);
});

test("create writes over nothing, not even through a dangling link", async () => {
  await using work = await workspace();
  await work.write("a", "old");
  await Deno.mkdir(`${work.path}/folder`);
  await Deno.symlink(`${work.path}/target`, `${work.path}/link`);
  for (const path of ["a", "folder"]) {
    assert.equal((await work.call(create, { path, file_text: "new" })).code, "FILE_EXISTS");
  }
  assert.equal(await work.read("a"), "old");
  assert.equal((await work.call(create, { path: "link", file_text: "new" })).code, undefined);
  assert.equal(await work.read("target"), "new");
  assert.equal((await work.call(create, { path: "link", file_text: "newer" })).code, "FILE_EXISTS");
});

test("create stays in the workspace", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await Deno.symlink(`${other.path}/x`, `${work.path}/link`);
  for (const path of ["link", "../x", `${other.path}/x`]) {
    assert.equal((await work.call(create, { path, file_text: "new" })).code, "INVALID_PATH");
  }
  assert.deepEqual(await Array.fromAsync(Deno.readDir(other.path)), []);
});

test("create tells a folder that cannot be made from a file that cannot be written", async () => {
  await using work = await workspace((host) => ({
    ...host,
    createFile: (path) => Promise.reject(new PathError(path, "No space left on device")),
  }));
  assert.deepEqual(await work.call(create, { path: "x", file_text: "new" }), {
    code: "WRITE_ERROR",
    text: "Cannot create x: No space left on device",
  });
  await work.write("file", "");
  assert.equal((await work.call(create, { path: "file/below", file_text: "new" })).code, "CREATE_DIR_ERROR");
});
