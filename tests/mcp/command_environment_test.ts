import assert from "node:assert/strict";
import { commandEnvironment } from "../../src/mcp/command_environment.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("commandEnvironment() hands on a closed list, and answers for who is not there", () => {
  const host = fakeHost({
    env: {
      STAKPAK_PROFILE: "ops",
      STAKPAK_API_KEY: "key",
      STAKPAK_MCP_CLIENT_CA: "pem",
      ANTHROPIC_API_KEY: "key",
      DOCKER_HOST: "unix:///x",
    },
  });
  assert.deepEqual(commandEnvironment(host), {
    PATH: "/usr/bin:/bin",
    HOME: "/home/ada",
    USER: "ada",
    STAKPAK_PROFILE: "ops",
    DEBIAN_FRONTEND: "noninteractive",
    SUDO_ASKPASS: "/bin/false",
  });
});

test("commandEnvironment() names the proxy as every program looks for it", () => {
  const environment = commandEnvironment(
    fakeHost({ env: { HTTPS_PROXY: "http://127.0.0.1:3128", NO_PROXY: "" } }),
  );
  assert.equal(environment["HTTPS_PROXY"], "http://127.0.0.1:3128");
  assert.equal(environment["https_proxy"], "http://127.0.0.1:3128");
  assert.equal("NO_PROXY" in environment, false);
});

test("commandEnvironment() leaves out the node that Deno makes of itself", () => {
  const path = "/home/box/.cache/deno/node_compat_bin:/usr/bin:/bin";
  assert.equal(commandEnvironment(fakeHost({ env: { PATH: path } }))["PATH"], "/usr/bin:/bin");
});
