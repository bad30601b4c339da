import assert from "node:assert/strict";
import { placeName, placePath } from "../../src/mcp/workspace_path.ts";
import { test } from "../sanitized.ts";
import { type Workspace, workspace } from "./workspace.ts";

const inside = (path: string) => ({ path, outside_workspace: false });

async function codeOf(work: Workspace, path: string, place = placePath): Promise<string | undefined> {
  const placed = await place(work.scope, inside(path));
  return typeof placed === "string" ? undefined : placed.code;
}

test("placePath() takes paths from the workspace on, absolute ones too, and what is not there yet", async () => {
  await using work = await workspace();
  await work.write("a/b", "");
  for (const path of ["a/b", "./a//b", "a/../a/b", `${work.path}/a/b`, `${work.path}/x/../a/b`]) {
    assert.equal(await placePath(work.scope, inside(path)), `${work.path}/a/b`);
  }
  assert.equal(await placePath(work.scope, inside("new/file")), `${work.path}/new/file`);
  assert.equal(await placePath(work.scope, inside(".")), work.path);
});

test("placePath() refuses what leads outside the workspace, by name or by any link", async () => {
  await using work = await workspace();
  await Deno.mkdir(`${work.path}/a`);
  await Deno.symlink("/etc", `${work.path}/etc`);
  await Deno.symlink("/etc/passwd", `${work.path}/file`);
  await Deno.symlink("../../..", `${work.path}/a/up`);
  await Deno.symlink("/nowhere/at/all", `${work.path}/dangling`);
  await Deno.symlink("loop", `${work.path}/loop`);
  const bad = ["/etc/passwd", "../x", "etc/passwd", "file", "a/up", "dangling", "loop", "etc/../x", "~/x"];
  for (const path of [...bad, `${work.path}x`, "/"]) {
    assert.equal(await codeOf(work, path), "INVALID_PATH", path);
  }
});

test("placePath() says where a path leads and what to do", async () => {
  await using work = await workspace();
  assert.deepEqual(await placePath(work.scope, inside("/etc/hostname")), {
    code: "INVALID_PATH",
    text: `Cannot use /etc/hostname: it leads to /etc/hostname, outside the workspace ${work.path}; ` +
      "set outside_workspace if that is meant",
  });
});

test("placePath() leaves the workspace where the call says so", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await Deno.symlink(other.path, `${work.path}/link`);
  const place = (path: string) => placePath(work.scope, { path, outside_workspace: true });
  assert.equal(await place("link/x"), `${other.path}/x`);
  assert.equal(await place("~/x"), `${await Deno.realPath(Deno.env.get("HOME")!)}/x`);
});

test("placePath() refuses other machines and names that no file can have", async () => {
  await using work = await workspace();
  for (const path of ["ssh://ada@host/x", "ada@host:/x", "a\0b"]) {
    assert.equal(await codeOf(work, path), "INVALID_PATH", path);
  }
  assert.equal(await placePath(work.scope, inside("a/b@c:d")), `${work.path}/a/b@c:d`);
});

test("placeName() names a link itself, in a folder that is inside", async () => {
  await using work = await workspace();
  await Deno.symlink("/etc/passwd", `${work.path}/link`);
  await Deno.symlink("/etc", `${work.path}/etc`);
  assert.equal(await placeName(work.scope, inside("link")), `${work.path}/link`);
  assert.equal(await placeName(work.scope, inside("etc/")), `${work.path}/etc`);
  assert.equal(await codeOf(work, "etc/passwd", placeName), "INVALID_PATH");
  assert.equal(await codeOf(work, "x/../..", placeName), "INVALID_PATH");
  assert.equal(await codeOf(work, "/etc", placeName), "INVALID_PATH");
});
