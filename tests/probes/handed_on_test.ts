import assert from "node:assert/strict";
import { handedOn } from "../../src/probes/handed_on.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const named = async (files: Record<string, string> = {}) => handedOn(await contextOn(fakeHost({ files })));

test("handedOn() has keys, addresses and Docker's variables, and nothing of the terminal", async () => {
  const names = await named();
  for (
    const name of [
      "ANTHROPIC_API_KEY",
      "SLACK_APP_TOKEN",
      "OPENAI_BASE_URL",
      "DOCKER_HOST",
      "STAKPAK_API_KEY",
    ]
  ) {
    assert.ok(names.includes(name), name);
  }
  for (const name of ["HOME", "PATH", "TERM", "USER", "CI"]) assert.ok(!names.includes(name), name);
});

test("handedOn() has the variables that the two files name, once", async () => {
  const names = await named({
    "/home/ada/.stakpak/config.toml": '[profiles.default]\napi_key = "${STAKPAK_MINE}"\n',
    "/home/ada/.stakpak/autopilot.toml": '[channels.telegram]\ntoken_env = "STAKPAK_BOT"\n' +
      '[channels.discord]\ntoken_env = "STAKPAK_BOT"\n',
  });
  assert.ok(names.includes("STAKPAK_MINE"));
  assert.equal(names.filter((name) => name === "STAKPAK_BOT").length, 1);
});
