import { deepEqual } from "node:assert/strict";
import { leftContainers } from "../../src/sandbox/left_containers.ts";
import { fakeDocker } from "../fakes/fake_docker.ts";
import { test } from "../sanitized.ts";

const DOWN = { code: 1, stderr: "Cannot connect to the Docker daemon at unix:///var/run/docker.sock." };

test("a container that could not be removed is removed once docker answers again, and not twice", async () => {
  const docker = fakeDocker();
  const lines: string[] = [];
  {
    await using left = leftContainers(docker.host, (line) => lines.push(line));
    left.add("stakpak-a");
    deepEqual(lines, ["Cannot remove the container stakpak-a now: docker does not answer"]);
    left.retry();
    left.retry();
  }
  deepEqual(docker.ran, ["docker rm --force --volumes stakpak-a"]);
  deepEqual(lines.length, 1);
});

test("a container that docker does not remove to the end is named, with what removes it", async () => {
  const docker = fakeDocker();
  docker.answers = { "docker rm": DOWN };
  const lines: string[] = [];
  {
    await using left = leftContainers(docker.host, (line) => lines.push(line));
    left.add("stakpak-a");
    left.retry();
  }
  deepEqual(docker.ran.length, 2);
  deepEqual(lines.at(-1), "The container stakpak-a is left; once docker answers: stakpak sandbox prune");
});
