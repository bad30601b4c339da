import assert from "node:assert/strict";
import type { Cli } from "../../src/cli/cli.ts";
import { profileModel } from "../../src/cli/profile_model.ts";
import { autopilot, config } from "../config/loaded.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

async function modelOf(
  profile: string,
  server = "",
  env: Record<string, string> = {},
): Promise<string | undefined> {
  const cli: Partial<Cli> = {
    host: fakeHost({ env }),
    profile: "default",
    loadConfig: () => Promise.resolve(config(`[profiles.default]\n${profile}`)),
    loadAutopilot: () => Promise.resolve(autopilot(server)),
  };
  return (await profileModel(cli as Cli)).model;
}

test("profileModel() is the profile's, else the server's, else that of the first provider", async () => {
  const server = '[server]\nmodel = "openai/gpt-5"\n';
  const env = { ANTHROPIC_API_KEY: "k" };
  assert.equal(await modelOf('model = "litellm/x"\n', server, env), "litellm/x");
  assert.equal(await modelOf("", server, env), "openai/gpt-5");
  assert.equal(await modelOf("", '[server]\nmodel = " "\n', env), "anthropic/claude-opus-4-6");
  assert.equal(await modelOf(""), undefined);
});

test("profileModel() refuses a profile that is broken", async () => {
  await assert.rejects(modelOf("max_turns = 0\n"), /Cannot load profile "default"/);
});
