import assert from "node:assert/strict";
import { freeDisk } from "../../src/host/free_disk.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const HEAD = "Filesystem 1024-blocks Used Available Capacity Mounted on\n";

const answered = (row: string) =>
  freeDisk(fakeHost({ commands: { "df -Pk /x": { stdout: HEAD + row } } }), "/x", NEVER);

test("freeDisk() reads the available kilobytes and the device", async () => {
  const row = "/dev/vda         264212084 12973124  82528140      14% /var/lib/docker\n";
  assert.deepEqual(await answered(row), { fileSystem: "/dev/vda", freeMb: 80593 });
});

test("freeDisk() reads blanks in the device and in the mount point", async () => {
  const row = "map auto_home    0    0    0   100% /System/Volumes/Data/my home\n";
  assert.deepEqual(await answered(row), { fileSystem: "/System/Volumes/Data/my home", freeMb: 0 });
});

test("freeDisk() tells file systems without a device apart by their mount points", async () => {
  const row = (mount: string) => `tmpfs 100000 0 100000 0% ${mount}\n`;
  assert.notEqual((await answered(row("/a")))?.fileSystem, (await answered(row("/b")))?.fileSystem);
});

test("freeDisk() reads an overdrawn file system as a negative number", async () => {
  assert.equal((await answered("/dev/sda1 100 200 -2048 103% /\n"))?.freeMb, -2);
});

test("freeDisk() gives undefined for what it cannot read", async () => {
  assert.equal(await answered(""), undefined);
  assert.equal(await answered("nonsense\n"), undefined);
  assert.equal(await answered("/dev/sda1 a b c d /\n"), undefined);
});

test("freeDisk() gives undefined where df fails or is missing", async () => {
  const commands = { "df -Pk /x": { code: 1, stderr: "df: /x: No such file or directory\n" } };
  assert.equal(await freeDisk(fakeHost({ commands }), "/x", NEVER), undefined);
  assert.equal(await freeDisk(fakeHost(), "/x", NEVER), undefined);
});
