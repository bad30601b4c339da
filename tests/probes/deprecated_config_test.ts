import assert from "node:assert/strict";
import { deprecatedConfig } from "../../src/probes/deprecated_config.ts";
import { SEED_AUTOPILOT, SEED_CONFIG } from "../config/seed_examples.ts";
import { ask } from "../fakes/ask.ts";
import { PathError } from "../../src/host/inspection.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const on = (config: string, autopilot: string, files: NonNullable<FakeMachine["files"]> = {}) =>
  ask(deprecatedConfig, {
    files: {
      "/home/ada/.stakpak/config.toml": config,
      "/home/ada/.stakpak/autopilot.toml": autopilot,
      ...files,
    },
  });

test("deprecated_config passes on the guide's examples", async () => {
  assert.equal((await on(SEED_CONFIG, SEED_AUTOPILOT)).status, "pass");
});

test("deprecated_config finds inline channel fields, in the guide's words, with the command that moves them", async () => {
  const { status, summary, details, fix } = await on("", '[channels.slack]\nmodel = "m"\n');
  assert.deepEqual([status, summary, fix?.command], [
    "warn",
    "1 old spelling",
    "stakpak config migrate --write",
  ]);
  assert.match(
    details[0]!,
    /channels\.slack: inline model\/auto_approve is deprecated; use profile = "name" instead/,
  );
});

test("deprecated_config finds old keys of both files", async () => {
  const { summary, details, fix } = await on(
    "[profiles.a]\nsmart_model = 'x'\n",
    '[notifications]\nchat_id = "1"\n',
  );
  assert.deepEqual([summary, fix?.command], ["2 old spellings", undefined]);
  assert.match(details.join("\n"), /write model[^]*write target/);
});

test("deprecated_config says that auth.toml is not read", async () => {
  const { status, details } = await on("", "", { "/home/ada/.stakpak/auth.toml": "[all]\n" });
  assert.deepEqual([status, details], ["warn", [
    "~/.stakpak/auth.toml: not read; move its keys into config.toml",
  ]]);
});

test("deprecated_config leaves other problems to config_files", async () => {
  assert.equal((await on("[profiles.a]\nmodle = 1\n", "nonsense")).status, "pass");
});

test("deprecated_config leaves a state folder that cannot be looked at to config_files", async () => {
  const machine = fakeHost();
  const host = {
    ...machine,
    linkStatus: (path: string) => Promise.reject(new PathError(path, "permission denied")),
  };
  assert.equal((await deprecatedConfig.check(await contextOn(host))).status, "pass");
});
