import assert from "node:assert/strict";
import { dockerUserSystemd } from "../../src/probes/docker_user_systemd.ts";
import { ask } from "../fakes/ask.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const UNIT = `stakpak-doctor-${Date.parse("2026-11-22T12:00:00Z")}.service`;
const RUN = `systemd-run --user --unit=${UNIT} --pipe --wait --quiet --collect ` +
  "--property=RuntimeMaxSec=9 --property=KillSignal=SIGKILL";
const SYSTEMD: FakeMachine = { files: { "/run/systemd/system": { kind: "directory" } } };

const answers = (output: { code?: number; stdout?: string; stderr?: string }) =>
  ask(dockerUserSystemd, { ...SYSTEMD, commands: { [`${RUN} docker ps`]: output } });

test("docker_user_systemd passes when a unit of the user reaches the daemon", async () => {
  const answer = await answers({ stdout: "CONTAINER ID\n" });
  assert.deepEqual([answer.status, answer.summary], [
    "pass",
    "systemd user manager can reach the Docker daemon",
  ]);
});

test("docker_user_systemd blocks when only this shell is in the docker group", async () => {
  const answer = await answers({ code: 1, stderr: "Got PERMISSION DENIED while trying to connect\n" });
  assert.equal(answer.status, "block");
  assert.equal(
    answer.summary,
    "systemd user manager cannot reach Docker (likely stale group membership)",
  );
  assert.match(
    answer.fix!.command!,
    /^sudo systemctl restart user@\$\(id -u\)\.service && systemd-run --user /,
  );
});

test("docker_user_systemd skips whatever else goes wrong", async () => {
  const answer = await answers({ code: 1, stderr: "Failed to connect to bus: No medium found\n" });
  assert.equal(answer.status, "skip");
  assert.equal(answer.summary, "Unable to verify Docker access from systemd user manager");
  assert.deepEqual(answer.details, ["Failed to connect to bus: No medium found"]);
});

test("docker_user_systemd asks the daemon that the service will be told of", async () => {
  const socket = "unix:///run/user/1000/docker.sock";
  const answer = await ask(dockerUserSystemd, {
    ...SYSTEMD,
    env: { DOCKER_HOST: socket },
    commands: { [`${RUN} --setenv=DOCKER_HOST=${socket} docker ps`]: {} },
  });
  assert.equal(answer.status, "pass");
});

test("docker_user_systemd stops its unit when it is told to stop", async () => {
  const interrupt = new AbortController();
  const host = fakeHost({
    ...SYSTEMD,
    commands: { [`${RUN} docker ps`]: "hang", [`systemctl --user stop ${UNIT}`]: {} },
  });
  const checking = dockerUserSystemd.check({ ...await contextOn(host), signal: interrupt.signal });
  interrupt.abort(new Error("interrupted"));
  await assert.rejects(checking, { message: "interrupted" });
  assert.deepEqual(host.unused(), []);
});

test("docker_user_systemd skips without systemd-run", async () => {
  const answer = await ask(dockerUserSystemd, SYSTEMD);
  assert.deepEqual([answer.status, answer.summary], ["skip", "systemd-run is unavailable; skipping check"]);
});

test("docker_user_systemd asks nothing where systemd does not run the machine", async () => {
  assert.equal((await ask(dockerUserSystemd, {})).status, "skip");
  const macos = await ask(dockerUserSystemd, { os: "darwin" });
  assert.deepEqual([macos.status, macos.summary], ["skip", "Probe is only available on Linux hosts"]);
});
