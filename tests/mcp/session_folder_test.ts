import assert from "node:assert/strict";
import { prune, sessionFolder, stamp } from "../../src/mcp/session_folder.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

test("sessionFolder() makes a private folder that git does not see", async () => {
  await using work = await workspace();
  const folder = await sessionFolder(work.scope, "backups");
  assert.equal(folder, `${work.path}/.stakpak/session/backups`);
  assert.equal((await Deno.stat(folder)).mode! & 0o777, 0o700);
  assert.equal(await work.read(".stakpak/session/.gitignore"), "*\n");
  assert.equal(await sessionFolder(work.scope, "backups"), folder);
});

test("sessionFolder() makes nothing where a link leads outside the workspace", async () => {
  await using work = await workspace();
  await using other = await workspace();
  await Deno.symlink(other.path, `${work.path}/.stakpak`);
  await assert.rejects(sessionFolder(work.scope), /outside the workspace/);
  assert.deepEqual(await Array.fromAsync(Deno.readDir(other.path)), []);
});

test("stamp() sorts by time and is never the same twice", () => {
  const first = stamp(new Date("2026-11-22T12:00:00.123Z"));
  assert.match(first, /^20261122T120000123Z-[0-9a-f]{8}$/);
  assert.notEqual(first, stamp(new Date("2026-11-22T12:00:00.123Z")));
  assert.ok(first < stamp(new Date("2026-11-22T12:00:00.124Z")));
});

const name = (day: number) => `x.2026112${day}T120000000Z-0123abcd.txt`;

test("prune() removes the oldest, and nothing that has no stamp", async () => {
  const files = Object.fromEntries([1, 2, 3, 4].map((day) => [`/w/${name(day)}`, "xx"]));
  const host = fakeHost({ files: { ...files, "/w/notes": "x" } });
  await prune(host, "/w", { most: 2 });
  assert.deepEqual((await host.entries("/w", 9)).map((entry) => entry.name), ["notes", name(3), name(4)]);
  await prune(host, "/w", { most: 2, mostBytes: 3 });
  assert.deepEqual((await host.entries("/w", 9)).map((entry) => entry.name), ["notes", name(4)]);
});

test("prune() leaves alone what is in use", async () => {
  const host = fakeHost({ files: { [`/w/${name(1)}`]: "x", [`/w/${name(2)}`]: "x" } });
  await prune(host, "/w", { most: 0, inUse: new Set([`/w/${name(1)}`]) });
  assert.deepEqual((await host.entries("/w", 9)).map((entry) => entry.name), [name(1)]);
});
