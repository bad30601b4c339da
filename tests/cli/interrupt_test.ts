import assert from "node:assert/strict";
import { runCli } from "../../src/cli/run.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { healthy } from "../fakes/machines.ts";
import { test } from "../sanitized.ts";

test("an interrupted command ends with 130 and does not call that a bug", async () => {
  const interrupt = new AbortController();
  const commands = { ...healthy.commands, "docker --version": "hang" as const };
  const host = fakeHost({ ...healthy, commands });
  const running = runCli(["doctor", "--only", "docker_installed"], {
    host: { ...host, run: (argv, signal) => (interrupt.abort(), host.run(argv, signal)) },
    version: "0.0.0-test",
    signal: interrupt.signal,
  });
  assert.equal(await running, 130);
  assert.deepEqual([host.stdout(), host.stderr()], ["", ""]);
});
