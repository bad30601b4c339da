import assert from "node:assert/strict";
import { allGrants, grantText, unneeded } from "../../src/cli/drop_grants.ts";
import { DENIED_NET, permissionFlags, PERMISSIONS, PROGRAMS } from "../../src/cli/permissions.ts";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";
import { realStage } from "./real_stage.ts";

const ENV = allGrants().filter(({ name }) => name === "env").map(grantText);
const SYS = allGrants().filter(({ name }) => name === "sys").map(grantText);
const LOOK = ["read", ...ENV];
const LOOK_AT_STORE = ["read", "write", ...ENV];
const EDIT = ["read", "write", ...ENV, ...SYS];
const PROBE_PROGRAMS = ["docker", "systemctl", "systemd-run", "loginctl", "launchctl", "df", "id", "kill"];
const ASK_DOCKER = ["read", ...ENV, "run:docker", "run:kill", ...SYS];
const BOXES = ["read", "write", "net", ...ENV, "run:docker", "run:warden", "run:kill", ...SYS];
const RUNS = [...BOXES, "run:env"];
const PROBE = ["read", "write", "net", ...ENV, ...PROBE_PROGRAMS.map((name) => `run:${name}`), ...SYS];

/** What each command may still do when it starts to work, by its words. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  "version": LOOK,
  "config path": LOOK,
  "config show": LOOK,
  "config validate": LOOK,
  "config sample": LOOK,
  "config schema": LOOK,
  "config migrate": EDIT,
  "doctor explain memory": LOOK,
  "doctor --list": PROBE,
  "preflight --list": PROBE,
  "autopilot doctor --list": PROBE,
  "autopilot schedule list": LOOK,
  "autopilot schedule show x": LOOK,
  "autopilot schedule add x": EDIT,
  "autopilot schedule edit x": EDIT,
  "autopilot schedule remove x": EDIT,
  "autopilot schedule enable x": EDIT,
  "autopilot schedule disable x": EDIT,
  "autopilot channel list": LOOK,
  "autopilot channel add telegram": EDIT,
  "autopilot channel remove telegram": EDIT,
  "mcp proxy": BOXES,
  "model list": LOOK,
  "model test": ["read", "net", ...ENV],
  "sandbox run --debug x": BOXES,
  "sandbox prune": BOXES,
  "sandbox list": ASK_DOCKER,
  "sandbox logs": ASK_DOCKER,
  "sandbox status": ASK_DOCKER,
  // What is asked for is refused only after the grants are said.
  "run --resume": RUNS,
  "serve --listen x": RUNS,
  "sessions list": LOOK_AT_STORE,
  "sessions show x": LOOK_AT_STORE,
  "sessions export x": LOOK_AT_STORE,
  "sessions delete x": EDIT,
  "approvals list": LOOK_AT_STORE,
  "approvals show x": LOOK_AT_STORE,
  "approvals approve x": EDIT,
  "approvals reject x": EDIT,
  "audit list": LOOK_AT_STORE,
  "warden list": LOOK,
  "warden logs": LOOK,
  "warden version": LOOK,
  "warden allow a.example:1": EDIT,
  "warden deny a.example:1": EDIT,
  "warden clear-logs": EDIT,
  "secrets scan x": LOOK,
  "secrets selftest": LOOK,
  "state backup": LOOK_AT_STORE,
  "state check": LOOK_AT_STORE,
  "token": LOOK,
  "token rotate": EDIT,
  "mcp start": ["read", "write", "net", ...ENV, "run:sh", "run:setsid"],
};

for (const [words, may] of Object.entries(MAY)) {
  test(`stakpak ${words} holds only what it needs, asked of Deno itself`, async () => {
    const { command, denoDir } = launcher();
    await using stage = await realStage({ title: "", files: {}, steps: [] }, command, denoDir);
    const args = [...words.split(" "), "--debug"];
    const { err } = await stage.run({ line: 0, args, env: {}, out: [], err: [], exit: 0, files: [] });
    const line = err.split("\n").find((text) => text.includes('"grants held"'));
    assert.ok(line, `nothing was said about grants:\n${err}`);
    const held = new Set<string>(JSON.parse(line).grants);
    // A program that is not installed here cannot be granted.
    const wanted = may.filter((grant) => !grant.startsWith("run:") || held.has(grant));
    assert.deepEqual([...held].sort(), [...wanted].sort());
  });
}

test("doctor has no right to write by the time it asks, and says what it gave up", async () => {
  const { command, denoDir } = launcher();
  await using stage = await realStage({ title: "", files: {}, steps: [] }, command, denoDir);
  const args = ["doctor", "--only", "memory", "--verbose"];
  const { err } = await stage.run({ line: 0, args, env: {}, out: [], err: [], exit: 0, files: [] });
  assert.match(err, /^gave up: .*run:sh.*, write$/m);
});

test("the program writes nothing when it was started without any right to write", async () => {
  const { command, denoDir } = launcher();
  const readOnly = command.filter((flag) => !flag.startsWith("--allow-write"));
  await using stage = await realStage({ title: "", files: {}, steps: [] }, [
    readOnly[0]!,
    ...readOnly.slice(1),
  ], denoDir);
  const { out, exit } = await stage.run({
    line: 0,
    args: ["doctor", "--only", "memory"],
    env: {},
    out: [],
    err: [],
    exit: 0,
    files: [],
  });
  assert.match(out, /memory/);
  assert.equal(exit, 0);
});

test("the table never grants everything, nor foreign code, nor prompts, and denies cloud metadata", () => {
  const flags = permissionFlags();
  assert.deepEqual(
    flags.filter((flag) => /allow-all|-A|allow-ffi|allow-run$|allow-env$|allow-import/.test(flag)),
    [],
  );
  assert.ok(flags.includes("--no-prompt"));
  assert.ok(flags.includes("--deny-net=169.254.0.0/16,[fd00:ec2::254]"));
  assert.equal(DENIED_NET.length, 2);
});

test("the table grants the programs of the design, each with a reason", () => {
  assert.deepEqual(Object.keys(PROGRAMS).sort(), [...PROBE_PROGRAMS, "warden", "env", "sh", "setsid"].sort());
  for (const { why } of PERMISSIONS) assert.notEqual(why, "");
});

test("unneeded() keeps nothing but looking for a command that is not in its table", () => {
  const dropped = unneeded("no such command").map(grantText);
  assert.deepEqual(allGrants().map(grantText).filter((grant) => !dropped.includes(grant)), LOOK);
});
