import assert from "node:assert/strict";
import { isImageName, sandboxImage, shownImage } from "../../src/config/sandbox_image.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const CONFIGURED = { sandbox: { image: "registry.example.com:5000/box:2" } };

test("sandboxImage() takes the variable, then the file, then the default", () => {
  const host = fakeHost({ env: { STAKPAK_AGENT_IMAGE: "mine:1" } });
  assert.equal(sandboxImage(host, CONFIGURED), "mine:1");
  assert.equal(sandboxImage(fakeHost(), CONFIGURED), "registry.example.com:5000/box:2");
  assert.equal(sandboxImage(fakeHost(), {}), "ghcr.io/stakpak/agent:v0.3.88");
});

test("sandboxImage() counts a blank variable as unset", () => {
  const host = fakeHost({ env: { STAKPAK_AGENT_IMAGE: " " } });
  assert.equal(sandboxImage(host, CONFIGURED), "registry.example.com:5000/box:2");
});

test("sandboxImage() has a default for machines that the Rust image does not fit", () => {
  assert.equal(sandboxImage(fakeHost({ arch: "aarch64" }), {}), "debian:bookworm-slim");
});

test("isImageName() takes what docker takes", () => {
  const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;
  for (
    const name of [
      "debian",
      "debian:bookworm-slim",
      "ghcr.io/stakpak/agent:v0.3.88",
      "localhost:5000/a/b_c/d-e.f:V1",
      `registry.company.example/team-platform/agent:2024-01-01${digest}`,
    ]
  ) assert.equal(isImageName(name), true, name);
});

test("isImageName() refuses options, commands and things that look like keys", () => {
  for (
    const name of [
      "",
      "--privileged",
      "a b",
      "a;id",
      "$(id)",
      "Debian",
      "a:",
      "a//b",
      "sk-ant-API03-abcDEF",
      "a\nb",
    ]
  ) assert.equal(isImageName(name), false, name);
});

test("shownImage() never repeats what may be a key", () => {
  assert.equal(shownImage("debian:12"), "debian:12");
  assert.doesNotMatch(shownImage("sk-ant-API03-0123456789abcdefABCDEF"), /sk-ant/);
});
