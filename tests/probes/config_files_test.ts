import assert from "node:assert/strict";
import { configFiles } from "../../src/probes/config_files.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import type { FakeFile, FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const CONFIG = "/home/ada/.stakpak/config.toml";
const AUTOPILOT = "/home/ada/.stakpak/autopilot.toml";
const GOOD = "[profiles.default]\n";

const on = (config?: FakeFile, autopilot?: FakeFile, more: FakeMachine = {}, profile = "default") =>
  ask(configFiles, {
    ...more,
    files: {
      ...(config === undefined ? {} : { [CONFIG]: config }),
      ...(autopilot === undefined ? {} : { [AUTOPILOT]: autopilot }),
    },
  }, { profile });

test("config_files passes when both files are right, or only config.toml is there", async () => {
  const both = await on(GOOD, "[server]\n");
  assert.deepEqual([both.status, both.summary], [
    "pass",
    "~/.stakpak/config.toml and ~/.stakpak/autopilot.toml are right",
  ]);
  const one = await on(GOOD);
  assert.deepEqual([one.status, one.summary], [
    "pass",
    "~/.stakpak/config.toml is right, no autopilot.toml yet",
  ]);
});

test("config_files does not block on the guide's examples", async () => {
  const { status, details } = await on(SEED_CONFIG, SEED_AUTOPILOT);
  assert.equal(status, "warn");
  for (const line of details) assert.match(line, /"search_docs" is not available here/);
});

test("config_files warns when config.toml is missing, with a command that writes a private one", async () => {
  const { status, summary, fix } = await on();
  assert.deepEqual([status, summary], [
    "warn",
    "~/.stakpak/config.toml does not exist, the default profile is empty",
  ]);
  assert.equal(
    fix?.command,
    "mkdir -p -m 700 /home/ada/.stakpak && (umask 077; stakpak config sample > /home/ada/.stakpak/config.toml)",
  );
});

test("config_files blocks when config.toml is missing and another profile is meant", async () => {
  const { status, summary } = await on(undefined, undefined, {}, "ops");
  assert.deepEqual([status, summary], [
    "block",
    'Cannot load profile "ops": ~/.stakpak/config.toml does not exist',
  ]);
});

test("config_files blocks when autopilot.toml is broken, also where config.toml is missing", async () => {
  assert.equal((await on(undefined, "[server\n")).status, "block");
});

test("config_files has no shell command for Windows", async () => {
  const { fix } = await on(undefined, undefined, { os: "windows" });
  assert.deepEqual(fix, { summary: "Write config.toml, starting from the sample: stakpak config sample" });
});

test("config_files blocks when a file cannot be read or is not TOML, with the place", async () => {
  const unreadable = await on({ unreadable: true });
  assert.deepEqual([unreadable.status, unreadable.details], ["block", [
    "~/.stakpak/config.toml: cannot be read: permission denied (see where it leads and who may read it: " +
    "ls -ld /home/ada/.stakpak/config.toml)",
  ]]);
  const broken = await on(GOOD, "[server\n");
  assert.deepEqual([broken.status, broken.summary], [
    "block",
    "~/.stakpak/autopilot.toml cannot be used as it is",
  ]);
  assert.match(broken.details[0]!, /^~\/\.stakpak\/autopilot\.toml:1:\d+: is not TOML/);
  assert.equal(broken.fix?.command, "stakpak config validate");
});

test("config_files blocks on a section that startup needs", async () => {
  const { status, details } = await on(GOOD, '[server]\nlisten = "nowhere"\n');
  assert.equal(status, "block");
  assert.match(details[0]!, /:2:10: server\.listen is "nowhere", must be HOST:PORT/);
});

test("config_files blocks when the profile in use does not resolve", async () => {
  const own = await on("[profiles.default]\nmax_turns = 0\n");
  assert.equal(own.status, "block");
  assert.match(own.summary, /^Cannot load profile "default" \(.*:2:13\): profiles\.default\.max_turns is 0/);
  assert.equal((await on("[profiles.all]\nmax_turns = 0\n[profiles.default]\n")).status, "block");
  const unknown = await on(GOOD, undefined, {}, "opps");
  assert.deepEqual([unknown.status, unknown.fix?.summary], ["block", "add [profiles.opps]"]);
});

test("config_files only warns about a profile, schedule, channel or setting that stops nothing else", async () => {
  const config = `${GOOD}[profiles.other]\nmax_turns = 0\n[settings]\neditor = 3\n`;
  const autopilot = '[[schedules]]\nname = "a"\n[channels.slack]\nopen = 3\n';
  const { status, summary, details } = await on(config, autopilot);
  assert.deepEqual([status, summary, details.length], ["warn", "5 problems in the configuration files", 5]);
});

test("config_files warns about unknown keys, with the nearest, and leaves old ones to deprecated_config", async () => {
  const { status, details } = await on(`${GOOD}modle = "x"\nsmart_model = "y"\n`);
  assert.equal(status, "warn");
  assert.deepEqual(details, [
    '~/.stakpak/config.toml:2:9: unknown key "modle" in profiles.default, it has no effect (did you mean "model"?)',
  ]);
  assert.equal((await on(`${GOOD}smart_model = "y"\n`)).status, "pass");
});

test("config_files warns about an acknowledgement of a probe that does not exist", async () => {
  const acknowledge = (probe: string) =>
    `[[doctor.acknowledge]]\nprobe = "${probe}"\nreason = "r"\nuntil = 2030-01-01\n`;
  assert.equal((await on(GOOD, acknowledge("memory"))).status, "pass");
  assert.deepEqual((await on(GOOD, acknowledge("memry"))).details, [
    '~/.stakpak/autopilot.toml:2:9: doctor.acknowledge[0].probe: there is no probe "memry" (did you mean "memory"?)',
  ]);
  assert.match(
    (await on(GOOD, acknowledge("banana")))!.details[0]!,
    /\(see: stakpak autopilot doctor --list\)$/,
  );
});
