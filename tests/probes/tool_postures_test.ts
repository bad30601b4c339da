import assert from "node:assert/strict";
import { toolPostures } from "../../src/probes/tool_postures.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const on = async (config: string, autopilot: string) =>
  toolPostures(
    await contextOn(fakeHost({
      files: { "/home/ada/.stakpak/config.toml": config, "/home/ada/.stakpak/autopilot.toml": autopilot },
    })),
  );

test("toolPostures() has every profile in use, and every channel that says for itself", async () => {
  const config = '[profiles.default]\nauto_approve = ["view"]\n[profiles.idle]\nauto_approve = ["create"]\n';
  assert.deepEqual(await on(config, '[channels.slack]\nauto_approve = ["run_*"]\n'), [
    { who: 'profile "default" (default, channel slack)', tools: ["view"] },
    { who: "channel slack (inline)", tools: ["run_command", "run_command_task"] },
  ]);
});

test("toolPostures() has patterns of other servers that a profile may use", async () => {
  const config = '[profiles.default]\nallowed_tools = ["view", "paks__*"]\nauto_approve = ["paks__*"]\n';
  assert.deepEqual((await on(config, "")).map(({ tools }) => tools), [["paks__*"]]);
});
