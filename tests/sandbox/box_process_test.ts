import { deepEqual, equal, rejects } from "node:assert/strict";
import { removeContainer, startBoxProcess } from "../../src/sandbox/box_process.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeDocker } from "../fakes/fake_docker.ts";
import { test } from "../sanitized.ts";

const REMOVE = "docker rm --force --volumes box";
const redact = (text: string) => text;

test("a box is removed with what it kept, and its client ends with it", async () => {
  const docker = fakeDocker();
  const process = startBoxProcess(docker.host, "box", ["docker", "run", "--name", "box"], redact);
  equal(await process.remove(), true);
  deepEqual(docker.ran, [REMOVE]);
  equal(await process.ended, 137);
});

test("a box that is only just being made is looked for until it is there, or its client has ended", async () => {
  using clock = fakeClock();
  const docker = fakeDocker();
  const { host } = docker;
  let looked = 0;
  const late = {
    ...host,
    run: (argv: readonly string[]) =>
      ++looked < 3
        ? Promise.resolve({ code: 1, stdout: "", stderr: "Error: No such container: box" })
        : host.run(argv),
  };
  const removing = startBoxProcess(late, "box", ["docker", "run"], redact).remove();
  await clock.pass(1_000);
  equal(await removing, true);
  equal(looked, 3);

  docker.answers = { "docker rm": { code: 1, stderr: "No such container: box" } };
  equal(await startBoxProcess(docker.host, "box", ["docker", "run"], redact).remove(), true);
});

test("a box is not certainly gone when docker does not answer", async () => {
  const docker = fakeDocker();
  docker.answers = { "docker rm": { code: 1, stderr: "Cannot connect to the Docker daemon" } };
  equal(await startBoxProcess(docker.host, "box", ["docker", "run"], redact).remove(), false);
});

test("removeContainer() says whether there was one, and takes one that is being removed for removed", async () => {
  const docker = fakeDocker();
  equal(await removeContainer(docker.host, "box"), true);
  docker.answers = { "docker rm": { code: 0, stderr: "Error response from daemon: No such container: box" } };
  equal(await removeContainer(docker.host, "box"), false);
  docker.answers = { "docker rm": { code: 1, stderr: "removal of container box is already in progress" } };
  equal(await removeContainer(docker.host, "box"), true);
  docker.answers = { "docker rm": { code: 1, stderr: "device busy\n" } };
  await rejects(removeContainer(docker.host, "box"), { message: "device busy" });
});
