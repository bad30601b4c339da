import assert from "node:assert/strict";
import { backupsFolder, moveToBackups } from "../../src/mcp/backup.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

const never = new AbortController().signal;

test("moveToBackups() moves a folder as it is, to be moved back", async () => {
  await using work = await workspace();
  await work.write("a/run.sh", "echo a");
  await Deno.chmod(`${work.path}/a/run.sh`, 0o750);
  const backup = await moveToBackups(work.scope, `${work.path}/a`, never);
  assert.match(backup.slice(backupsFolder(work.scope).length), /^\/\d{8}T\d{9}Z-[0-9a-f]{8}\/a$/);
  await assert.rejects(Deno.stat(`${work.path}/a`), Deno.errors.NotFound);
  await Deno.rename(backup, `${work.path}/a`);
  assert.equal(await work.read("a/run.sh"), "echo a");
  assert.equal((await Deno.stat(`${work.path}/a/run.sh`)).mode! & 0o777, 0o750);
});

test("moveToBackups() moves from another device, links as links", async () => {
  await using work = await workspace();
  const other = await Deno.makeTempDir({ dir: "/dev/shm" });
  try {
    await Deno.mkdir(`${other}/-a`);
    await Deno.writeTextFile(`${other}/-a/file`, "text", { mode: 0o640 });
    await Deno.symlink("nowhere", `${other}/-a/link`);
    const backup = await moveToBackups(work.scope, `${other}/-a`, never);
    assert.equal(await Deno.readTextFile(`${backup}/file`), "text");
    assert.equal((await Deno.stat(`${backup}/file`)).mode! & 0o777, 0o640);
    assert.equal(await Deno.readLink(`${backup}/link`), "nowhere");
    await assert.rejects(Deno.stat(`${other}/-a`), Deno.errors.NotFound);
  } finally {
    await Deno.remove(other, { recursive: true });
  }
});

test("moveToBackups() says what mv says", async () => {
  await using work = await workspace((host) => ({ ...host, rename: () => Promise.resolve(false) }));
  await assert.rejects(moveToBackups(work.scope, `${work.path}/nothing`, never), {
    name: "PathError",
    message: /mv: .*nothing/,
  });
});

test("moveToBackups() keeps the last fifty", async () => {
  await using work = await workspace();
  for (let count = 0; count < 52; count++) {
    await work.write(`f${count}`, "");
    await moveToBackups(work.scope, `${work.path}/f${count}`, never);
  }
  const kept = await Array.fromAsync(Deno.readDir(backupsFolder(work.scope)));
  assert.equal(kept.length, 50);
});
