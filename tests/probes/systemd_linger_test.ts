import assert from "node:assert/strict";
import { systemdLinger } from "../../src/probes/systemd_linger.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const SHOW = "loginctl show-user ada --property=Linger --value";
const on = (output: { code?: number; stdout?: string; stderr?: string }, machine: FakeMachine = {}) =>
  ask(systemdLinger, { ...machine, commands: { ...machine.commands, [SHOW]: output } });

test("systemd_linger passes for yes and true, in any case", async () => {
  for (const stdout of ["yes\n", "true\n", "YES\n"]) {
    const answer = await on({ stdout });
    assert.deepEqual([answer.status, answer.summary], ["pass", "Systemd linger is enabled"]);
  }
});

test("systemd_linger warns for no, with the command for this user", async () => {
  const answer = await on({ stdout: "no\n" });
  assert.equal(answer.status, "warn");
  assert.equal(answer.summary, "Systemd linger is disabled; user services may stop after logout");
  assert.equal(answer.fix!.command, "sudo loginctl enable-linger ada");
});

test("systemd_linger asks id for the user when USER is unset", async () => {
  const answer = await on({ stdout: "yes\n" }, {
    env: { USER: "" },
    commands: { "id -un": { stdout: "ada\n" } },
  });
  assert.equal(answer.status, "pass");
});

test("systemd_linger skips when nobody knows the user", async () => {
  for (const commands of [{}, { "id -un": { code: 1 } }]) {
    const answer = await ask(systemdLinger, { env: { USER: "" }, commands });
    assert.deepEqual(
      [answer.status, answer.summary],
      ["skip", "Could not determine current user for linger check"],
    );
  }
});

test("systemd_linger warns for a user whom systemd does not know", async () => {
  const answer = await on({
    code: 1,
    stderr: "Failed to get user: User ID 1000 is not logged in or lingering\n",
  });
  assert.equal(answer.status, "warn");
});

test("systemd_linger believes the linger file where loginctl fails", async () => {
  const files = { "/var/lib/systemd/linger/ada": "" };
  assert.equal((await on({ code: 1, stderr: "Host is down\n" }, { files })).status, "pass");
});

test("systemd_linger skips where loginctl cannot say, and repeats why", async () => {
  const answer = await on({ code: 1, stderr: "Failed to connect to bus: Host is down\n" });
  assert.deepEqual([answer.status, answer.summary], ["skip", "Unable to determine linger status"]);
  assert.deepEqual(answer.details, ["Failed to connect to bus: Host is down"]);
});

test("systemd_linger skips without loginctl", async () => {
  const answer = await ask(systemdLinger, { os: "darwin" });
  assert.equal(answer.status, "skip");
  assert.equal(answer.summary, "loginctl is unavailable; skipping linger check");
});
