import { deepEqual } from "node:assert/strict";
import { dockerEnvironment } from "../../src/sandbox/docker_environment.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("dockerEnvironment() has what names the daemon, and no key", () => {
  const env = {
    DOCKER_HOST: "unix:///run/docker.sock",
    ANTHROPIC_API_KEY: "sk-x",
    STAKPAK_API_KEY: "sk-x",
    LC_ALL: "de",
  };
  deepEqual(dockerEnvironment(fakeHost({ env })), {
    HOME: "/home/ada",
    PATH: "/usr/bin:/bin",
    USER: "ada",
    DOCKER_HOST: "unix:///run/docker.sock",
    LC_ALL: "C",
  });
});
