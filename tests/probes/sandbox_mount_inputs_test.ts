import assert from "node:assert/strict";
import { sandboxMountInputs } from "../../src/probes/sandbox_mount_inputs.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const on = (
  autopilot: string,
  files: NonNullable<FakeMachine["files"]> = {},
  config = "[profiles.default]\n",
  machine: FakeMachine = {},
) =>
  ask(sandboxMountInputs, {
    ...machine,
    files: {
      "/home/ada/.stakpak/config.toml": config,
      "/home/ada/.stakpak/autopilot.toml": autopilot,
      ...files,
    },
  });
const volumes = (...list: string[]) => `[sandbox]\nvolumes = ${JSON.stringify(list)}\n`;
const MINE = { "/srv/a": { kind: "directory", mode: 0o700, uid: 1000 }, "/srv/a/x": "" } as const;

test("sandbox_mount_inputs passes with the default workspace alone, also before it is made", async () => {
  const answer = await on("");
  assert.deepEqual([answer.status, answer.summary, answer.details], [
    "pass",
    "Only the workspace is mounted",
    [],
  ]);
  assert.equal((await on(SEED_AUTOPILOT, {}, SEED_CONFIG)).summary, "Profiles share one sandbox");
});

test("sandbox_mount_inputs passes with usable mounts, and notes what is skipped", async () => {
  const { status, summary, details } = await on(volumes("/srv/a:/a", "cache:/cache", "/gone:/gone:ro"), MINE);
  assert.deepEqual([status, summary, details], [
    "pass",
    "Sandbox mounts look usable",
    ['sandbox.volumes[2]: "/gone" is not there, it is skipped'],
  ]);
});

test("sandbox_mount_inputs blocks on what must not be mounted, and on what is no mount", async () => {
  const { status, summary, details, fix } = await on(
    volumes("~:/home", "/var/run/docker.sock:/s", "/srv/a"),
    MINE,
  );
  assert.deepEqual([status, summary, details], ["block", "3 sandbox mount(s) must not be made", [
    'sandbox.volumes[0]: "/home/ada" is your home folder, must not be mounted',
    'sandbox.volumes[1]: "/var/run/docker.sock" is a docker socket, must not be mounted',
    'sandbox.volumes[2]: "/srv/a" is no mount, must be HOST:CONTAINER or HOST:CONTAINER:ro',
  ]]);
  assert.ok(fix);
});

test("sandbox_mount_inputs blocks on a workspace that holds the state folder", async () => {
  const { status, details } = await on('[sandbox]\nworkspace = "/home"\n');
  assert.deepEqual([status, details], ["block", [
    'sandbox.workspace: "/home" is a folder that holds your home folder, must not be mounted',
  ]]);
});

test("sandbox_mount_inputs blocks on a mount from inside another that the box can write", async () => {
  const { status, details } = await on(
    `[sandbox]\nworkspace = "/srv/a"\nvolumes = ["/srv/a/x:/x:ro"]\n`,
    MINE,
  );
  assert.equal(status, "block");
  assert.match(details[0]!, /"\/srv\/a\/x" is inside \/srv\/a, which the box can write/);
});

test("sandbox_mount_inputs warns about credentials by name, and never says to loosen a mode", async () => {
  const { status, details, fix } = await on(volumes("~/.aws:/aws:rw"), { "/home/ada/.aws/config": "" });
  assert.deepEqual([status, details], ["warn", [
    'sandbox.volumes[0]: "/home/ada/.aws" is readable in the box, read-only: it holds AWS credentials',
  ]]);
  assert.match(fix!.summary, /Do not loosen/);
  assert.equal(fix!.command, undefined);
});

test("sandbox_mount_inputs warns about what the box's account cannot read, judged for that account", async () => {
  const root = { "/srv/r": { kind: "directory", mode: 0o700, uid: 0 }, "/srv/r/x": "" } as const;
  const { status, details } = await on(volumes("/srv/r:/r:ro"), root, undefined, { uid: 0 });
  assert.equal(status, "warn");
  assert.match(details[0]!, /not readable by the box's account 1000:1000 \(you are root/);
  const mapped = await on('[sandbox]\nuser = "1000:1000"\nvolumes = ["/srv/a:/a:ro"]\n', MINE, undefined, {
    uid: 0,
  });
  assert.equal(mapped.status, "pass");
});

test("sandbox_mount_inputs judges the volumes of profiles in use, inherited ones too", async () => {
  const config =
    `[profiles.all.warden]\nvolumes = ["/:/host"]\n[profiles.default]\n[profiles.idle.warden]\nvolumes = ["~:/home"]\n`;
  const { status, details } = await on("", {}, config);
  assert.deepEqual([status, details], ["block", [
    'profiles.default.warden.volumes[0]: "/" is the root folder, must not be mounted',
  ]]);
  const gone = '[[schedules]]\nname = "a"\ncron = "* * * * *"\nprompt = "p"\nprofile = "gone"\n';
  assert.equal((await on(`[server]\nsandbox_mode = "ephemeral"\n${gone}`)).status, "pass");
});

test("sandbox_mount_inputs warns where profiles share one box, and not where each session has its own", async () => {
  const ops = `[[schedules]]\nname = "s"\ncron = "* * * * *"\nprompt = "p"\nprofile = "ops"\n`;
  const { status, summary, details, fix } = await on(ops);
  assert.deepEqual([status, summary], ["warn", "Profiles share one sandbox"]);
  assert.match(details[0]!, /^"default", "ops" share one box/);
  assert.match(fix!.summary, /sandbox_mode = "ephemeral" under \[server\]/);
  assert.equal((await on(`[server]\nsandbox_mode = "ephemeral"\n${ops}`)).status, "pass");
});
