import assert from "node:assert/strict";
import { bindPort } from "../../src/probes/bind_port.ts";
import type { Probe } from "../../src/probes/probe.ts";
import { sandboxImage } from "../../src/probes/sandbox_image.ts";
import { sandboxMountInputs } from "../../src/probes/sandbox_mount_inputs.ts";
import { serverHealth } from "../../src/probes/server_health.ts";
import { toolApproval } from "../../src/probes/tool_approval.ts";
import { ask } from "../fakes/ask.ts";
import { test } from "../sanitized.ts";

const READERS: readonly [Probe, string, string][] = [
  [bindPort, "server", '[server]\nlisten = "0.0.0.0:99"\nmax_parallel_runs = "many"\n'],
  [serverHealth, "server", '[server]\nlisten = "0.0.0.0:99"\nmax_parallel_runs = "many"\n'],
  [sandboxImage, "sandbox", '[sandbox]\nimage = "mine"\ncpus = "lots"\n'],
];

for (const [probe, part, wrong] of READERS) {
  test(`${probe.id} does not answer for another [${part}] than the one that was written`, async () => {
    for (const text of [wrong, "not toml"]) {
      const { status, summary } = await ask(probe, { files: { "/home/ada/.stakpak/autopilot.toml": text } });
      const said = `Skipped: [${part}] of ~/.stakpak/autopilot.toml cannot be used as it is`;
      assert.deepEqual([status, summary], ["skip", said]);
    }
  });
}

test("probes that judge what a file allows do not count before the files are right", () => {
  for (const { id, needs } of [toolApproval, sandboxMountInputs]) {
    assert.deepEqual(needs, ["config_files"], id);
  }
});
