import assert from "node:assert/strict";
import { toolApproval } from "../../src/probes/tool_approval.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const files = (config: string, autopilot: string) => ({
  "/home/ada/.stakpak/config.toml": config,
  "/home/ada/.stakpak/autopilot.toml": autopilot,
});
const on = (config: string, autopilot = "") => ask(toolApproval, { files: files(config, autopilot) });
const LOOKS = '[profiles.default]\nauto_approve = ["view"]\n';

test("tool_approval passes where what changes things asks first, and lists what does not", async () => {
  const { status, summary, details } = await on(LOOKS);
  assert.deepEqual([status, summary, details], ["pass", "Tools that change things ask first", [
    'profile "default" (default): view without asking',
  ]]);
  assert.deepEqual((await on("[profiles.default]\nauto_approve = []\n")).details, [
    'profile "default" (default): nothing without asking',
  ]);
  assert.equal((await on("[profiles.default]\n")).status, "pass");
});

test("tool_approval warns about the guide's ops profile, naming tool and user", async () => {
  const { status, summary, details } = await on(SEED_CONFIG, SEED_AUTOPILOT);
  assert.deepEqual([status, summary], ["warn", "Tools that change things run without asking: run_command"]);
  assert.ok(details.includes('profile "ops" (channel slack): run_command, view without asking'));
  assert.ok(details.includes('profile "monitoring" (schedule "health-check"): view without asking'));
});

test("tool_approval counts only what the profile may use at all", async () => {
  const { status } = await on(
    '[profiles.default]\nallowed_tools = ["view"]\nauto_approve = ["view", "run_command"]\n',
  );
  assert.equal(status, "pass");
});

test("tool_approval counts what an inline channel approves, while it has no profile", async () => {
  const inline = '[channels.slack]\nauto_approve = "all"\n';
  const { status, details } = await on(LOOKS, inline);
  assert.equal(status, "warn");
  assert.match(details.join("\n"), /channel slack \(inline\): .*run_command.* without asking/);
  assert.equal((await on(LOOKS, `${inline}profile = "default"\n`)).status, "pass");
  assert.equal((await on("nonsense", inline)).status, "warn");
});

test("tool_approval warns about auto_approve_all, which a profile's own list still narrows", async () => {
  const { status, summary, details } = await on(
    `${LOOKS}[profiles.open]\n`,
    '[server]\nauto_approve_all = true\n[channels.slack]\nprofile = "open"\n',
  );
  assert.deepEqual([status, summary], ["warn", "All tools run without asking (auto_approve_all = true)"]);
  assert.equal(details[0], 'profile "default" (default): view without asking');
  assert.match(details[1]!, /profile "open" \(channel slack\): .*run_command/);
});

test("tool_approval warns about tools of other servers: nobody can say what they do", async () => {
  const { status, summary } = await on(
    '[profiles.default]\nallowed_tools = ["view", "paks__*"]\nauto_approve = ["paks__*"]\n',
  );
  assert.deepEqual([status, summary], ["warn", "Tools that change things run without asking: paks__*"]);
});

test("tool_approval warns about host_tools for good", async () => {
  const host = fakeHost({ files: files(LOOKS, "[server]\nhost_tools = true\n") });
  const result = await toolApproval.check(await contextOn(host));
  assert.equal(result.status, "warn");
  assert.equal("permanent" in result && result.permanent, true);
  assert.match(result.summary, /host_tools = true/);
});

test("tool_approval lists the check scripts that run on this machine", async () => {
  const { status, details } = await on(
    LOOKS,
    '[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\ncheck = "/home/ada/a.sh"\n',
  );
  assert.equal(status, "pass");
  assert.ok(details.includes('schedule "a" runs "/home/ada/a.sh" on this machine, outside the sandbox'));
});

test("tool_approval leaves a profile that does not resolve to the others", async () => {
  assert.deepEqual((await on("")).details, []);
});
