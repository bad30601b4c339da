import assert from "node:assert/strict";
import { dockerInstalled, dockerInstalledWithin } from "../../src/probes/docker_installed.ts";
import { ask } from "../fakes/ask.ts";
import { macos, no_docker } from "../fakes/machines.ts";
import { test } from "../sanitized.ts";

const on = (output: { code?: number; stdout?: string; stderr?: string }) =>
  ask(dockerInstalled, { commands: { "docker --version": output } });

test("docker_installed passes with the first line that docker prints", async () => {
  const answer = await on({ stdout: "Docker version 28.2.2, build e6534b4\nmore\n" });
  assert.equal(answer.status, "pass");
  assert.equal(answer.summary, "Docker is installed");
  assert.deepEqual(answer.details, ["Docker version 28.2.2, build e6534b4"]);
});

test("docker_installed blocks without docker, with this distribution's command", async () => {
  const answer = await ask(dockerInstalled, { files: no_docker.files! });
  assert.equal(answer.status, "block");
  assert.equal(answer.summary, "Docker is not installed");
  assert.match(answer.fix!.command!, /apt-get install -y docker\.io/);
});

test("docker_installed blocks without docker on macOS, with a command for macOS", async () => {
  const answer = await ask(dockerInstalled, { ...macos, commands: {} });
  assert.match(answer.fix!.command!, /^brew install/);
});

test("docker_installed blocks when docker cannot even say its version", async () => {
  const answer = await on({ code: 127, stderr: "libfoo.so: not found\n" });
  assert.equal(answer.status, "block");
  assert.equal(answer.summary, "Docker is installed but failed to report its version");
  assert.deepEqual(answer.details, ["libfoo.so: not found"]);
  assert.match(answer.fix!.summary, /^Reinstall or repair Docker\. /);
});

test("docker_installed leaves it to docker_accessible that docker has no endpoint", async () => {
  const stderr = 'unable to resolve docker endpoint: context "nowhere" does not exist\n';
  assert.equal((await on({ code: 1, stderr })).status, "pass");
});

test("docker_installed leaves it to docker_accessible that docker is silent", async () => {
  const answer = await ask(dockerInstalledWithin(1), { commands: { "docker --version": "hang" } });
  assert.equal(answer.status, "pass");
});
