import assert from "node:assert/strict";
import { diskSpace, diskSpaceWithin } from "../../src/probes/disk_space.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const ASK_ROOT = "docker info -f {{.DockerRootDir}}";
const HOME = "df -Pk /home/ada";
const ROOT = "df -Pk /var/lib/docker";

const df = (device: string, freeMb: number, mount: string) => ({
  stdout: "Filesystem 1024-blocks Used Available Capacity Mounted on\n" +
    `${device} 99999999 1 ${freeMb * 1024} 1% ${mount}\n`,
});
const root = { [ASK_ROOT]: { stdout: "/var/lib/docker\n" } };
const on = (commands: NonNullable<FakeMachine["commands"]>, machine: FakeMachine = {}) =>
  ask(diskSpace, { ...machine, commands });

test("disk_space passes with what is free at home and where Docker keeps its data", async () => {
  const answer = await on({
    ...root,
    [HOME]: df("/dev/a", 40_000, "/"),
    [ROOT]: df("/dev/b", 9_000, "/var"),
  });
  assert.equal(answer.status, "pass");
  assert.equal(
    answer.summary,
    "Disk space looks healthy: 40000MB available at /home/ada, 9000MB available at /var/lib/docker",
  );
});

test("disk_space warns below 2048MB and names only what is low", async () => {
  const answer = await on({ ...root, [HOME]: df("/dev/a", 2047, "/"), [ROOT]: df("/dev/b", 2048, "/var") });
  assert.equal(answer.status, "warn");
  assert.equal(answer.summary, "Low disk space: 2047MB available at /home/ada");
  assert.match(answer.fix!.command!, /^du /);
});

test("disk_space shows what Docker uses where its data root is low", async () => {
  const answer = await on({ ...root, [HOME]: df("/dev/a", 9000, "/"), [ROOT]: df("/dev/b", 1, "/var") });
  assert.equal(answer.summary, "Low disk space: 1MB available at /var/lib/docker");
  assert.equal(answer.fix!.command, "docker system df");
});

test("disk_space reports one file system once", async () => {
  const answer = await on({ ...root, [HOME]: df("/dev/a", 900, "/"), [ROOT]: df("/dev/a", 900, "/") });
  assert.equal(answer.summary, "Low disk space: 900MB available at /home/ada");
});

test("disk_space reports home alone where Docker's folder is not on this machine", async () => {
  const missing = { code: 1, stderr: "df: /var/lib/docker: No such file or directory\n" };
  const answer = await on({ ...root, [HOME]: df("/dev/a", 9000, "/"), [ROOT]: missing });
  assert.equal(answer.summary, "Disk space looks healthy: 9000MB available at /home/ada");
});

test("disk_space does not ask a Docker that runs elsewhere", async () => {
  const home = { [HOME]: df("/dev/a", 9000, "/") };
  assert.equal((await on(home, { os: "darwin" })).status, "pass");
  for (const address of ["tcp://10.0.0.9:2375", "ssh://ada@box", "https://box"]) {
    assert.equal((await on(home, { env: { DOCKER_HOST: address } })).status, "pass");
  }
});

test("disk_space reports home alone where Docker is missing, refuses or gives no folder", async () => {
  const home = { [HOME]: df("/dev/a", 9000, "/") };
  assert.equal((await on(home)).status, "pass");
  assert.equal((await on({ ...home, [ASK_ROOT]: { code: 1, stdout: "\n" } })).status, "pass");
  assert.equal((await on({ ...home, [ASK_ROOT]: { stdout: "<no value>\n" } })).status, "pass");
});

test("disk_space reports home alone where Docker is silent", async () => {
  const commands = { [HOME]: df("/dev/a", 9000, "/"), [ASK_ROOT]: "hang" as const };
  assert.equal((await ask(diskSpaceWithin(5), { commands })).status, "pass");
});

test("disk_space skips where df says nothing", async () => {
  const answer = await on({ [HOME]: { code: 1 } });
  assert.deepEqual([answer.status, answer.summary], ["skip", "Unable to determine free disk space"]);
});
