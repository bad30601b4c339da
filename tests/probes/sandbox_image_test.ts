import assert from "node:assert/strict";
import { sandboxImage } from "../../src/probes/sandbox_image.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const INSPECT = "docker image inspect -f {{.Os}}/{{.Architecture}}";
const DEFAULT = "ghcr.io/stakpak/agent:v0.3.88";

const on = (platform: string, machine: FakeMachine = {}, image = DEFAULT) =>
  ask(sandboxImage, { ...machine, commands: { [`${INSPECT} ${image}`]: { stdout: `${platform}\n` } } });

test("sandbox_image passes when the image is there and fits this machine", async () => {
  const answer = await on("linux/amd64");
  assert.deepEqual([answer.status, answer.summary], ["pass", `Sandbox image is present: ${DEFAULT}`]);
  assert.equal((await on("linux/arm64", { arch: "aarch64" }, "debian:bookworm-slim")).status, "pass");
});

test("sandbox_image asks for the configured image", async () => {
  const files = { "/home/ada/.stakpak/autopilot.toml": '[sandbox]\nimage = "box:2"\n' };
  assert.equal((await on("linux/amd64", { files }, "box:2")).status, "pass");
  const env = { STAKPAK_AGENT_IMAGE: "box:3" };
  assert.equal((await on("linux/amd64", { files, env }, "box:3")).status, "pass");
});

test("sandbox_image warns when the image is absent, with the command that pulls it", async () => {
  const stderr = `Error response from daemon: no such image: ${DEFAULT}: No such image: ${DEFAULT}\n`;
  const answer = await ask(sandboxImage, { commands: { [`${INSPECT} ${DEFAULT}`]: { code: 1, stderr } } });
  assert.equal(answer.status, "warn");
  assert.equal(answer.summary, `Sandbox image is not present: ${DEFAULT}`);
  assert.equal(answer.fix!.command, `docker pull ${DEFAULT}`);
  assert.deepEqual(answer.details, []);
});

test("sandbox_image repeats what docker says when it says something else", async () => {
  const stderr = "error during connect: EOF\n";
  const answer = await ask(sandboxImage, { commands: { [`${INSPECT} ${DEFAULT}`]: { code: 1, stderr } } });
  assert.deepEqual([answer.status, answer.details], ["warn", ["error during connect: EOF"]]);
});

test("sandbox_image takes no other answer for a platform, and cuts what it repeats", async () => {
  const answer = await on("x".repeat(60_000));
  assert.deepEqual([answer.status, answer.summary], ["warn", `Sandbox image is not present: ${DEFAULT}`]);
  assert.equal(answer.details[0]!.length, 240);
});

test("sandbox_image blocks on Linux when the image is for another architecture", async () => {
  const env = { STAKPAK_AGENT_IMAGE: DEFAULT };
  const answer = await on("linux/amd64", { arch: "aarch64", env });
  assert.equal(answer.status, "block");
  assert.equal(
    answer.summary,
    `Sandbox image is for linux/amd64, this machine needs linux/arm64: ${DEFAULT}`,
  );
  assert.equal(answer.fix!.command, `docker pull --platform linux/arm64 ${DEFAULT}`);
});

test("sandbox_image only warns where Docker's virtual machine emulates the other architecture", async () => {
  const env = { STAKPAK_AGENT_IMAGE: DEFAULT };
  assert.equal((await on("linux/amd64", { os: "darwin", arch: "aarch64", env })).status, "warn");
  assert.equal((await on("windows/amd64", { os: "darwin", env })).status, "block");
});

test("sandbox_image blocks for what is no image name, and never gives it to docker", async () => {
  for (const image of ["--privileged", "a; reboot", "Debian"]) {
    const answer = await ask(sandboxImage, { env: { STAKPAK_AGENT_IMAGE: image } });
    assert.equal(answer.status, "block");
    assert.match(answer.summary, /must be an image name$/);
  }
});

test("sandbox_image does not repeat a key that stands in the place of an image", async () => {
  const answer = await ask(sandboxImage, { env: { STAKPAK_AGENT_IMAGE: "sk-ant-API03-Planted0123456789" } });
  assert.equal(answer.status, "block");
  assert.doesNotMatch(JSON.stringify(answer), /Planted/);
});

test("sandbox_image skips without docker", async () => {
  assert.equal((await ask(sandboxImage, {})).status, "skip");
});
