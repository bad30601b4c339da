import assert from "node:assert/strict";
import { runCli } from "../../src/cli/run.ts";
import type { Host } from "../../src/host/host.ts";
import { BrokenPipe } from "../../src/host/host.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

function run(
  args: readonly string[],
  machine: FakeMachine = {},
  change: (host: Host) => Partial<Host> = () => ({}),
) {
  const host = fakeHost(machine);
  const exit = runCli(args, { host: { ...host, ...change(host) }, version: "1.2.3", signal: NEVER });
  return { host, exit };
}

test("runCli() takes --profile before or behind the command, and the later one wins", async () => {
  const files = {
    "/home/ada/.stakpak/config.toml": "[profiles.a]\nmax_turns = 1\n[profiles.b]\nmax_turns = 2\n",
  };
  for (
    const [args, turns] of [[["--profile", "a", "config", "show"], "1"], [[
      "--profile",
      "a",
      "config",
      "show",
      "--profile",
      "b",
    ], "2"]] as const
  ) {
    const { host, exit } = run(args, { files });
    assert.equal(await exit, 0);
    assert.match(host.stdout(), new RegExp(`max_turns +${turns}`));
  }
});

test("runCli() takes STAKPAK_PROFILE and STAKPAK_HOME from the environment, and --config from the words", async () => {
  const files = {
    "/elsewhere/config.toml": "[profiles.a]\nmax_turns = 1\n",
    "/mine.toml": "[profiles.a]\nmax_turns = 9\n",
  };
  const env = { STAKPAK_HOME: "/elsewhere", STAKPAK_PROFILE: "a" };
  assert.match(await shown(["config", "show"]), /max_turns +1\n/);
  assert.match(await shown(["config", "show", "--config", "/mine.toml"]), /max_turns +9\n/);

  async function shown(args: readonly string[]): Promise<string> {
    const { host, exit } = run(args, { files, env });
    await exit;
    return host.stdout();
  }
});

test("runCli() takes an empty STAKPAK_PROFILE for none", async () => {
  const { host, exit } = run(["config", "show"], { env: { STAKPAK_PROFILE: "" } });
  assert.equal(await exit, 0, host.stderr());
});

test("runCli() refuses a --config that is not there: what is checked instead was not asked for", async () => {
  for (
    const command of [["preflight", "--only", "config_files"], ["config", "validate"], ["config", "show"]]
  ) {
    const { host, exit } = run([...command, "--config", "/typo.toml"]);
    assert.equal(await exit, 2);
    assert.match(host.stderr(), /^error: Cannot read --config \/typo.toml: there is no such file\nhint: /);
  }
});

test("runCli() ends quietly when nobody reads its output any more", async () => {
  const { host, exit } = run(["config", "path"], {}, (real) => ({
    console: {
      ...real.console,
      out: () => {
        throw new BrokenPipe();
      },
    },
  }));
  assert.equal(await exit, 0);
  assert.equal(host.stderr(), "");
});

test("runCli() says what is wrong when there is no home folder", async () => {
  const { host, exit } = run(["config", "path"], { env: { HOME: "" } });
  assert.equal(await exit, 2);
  assert.match(host.stderr(), /^error: Cannot find the home folder: HOME is not set\nhint: /);
});

test("runCli() calls an unexpected failure a bug, and exits 1", async () => {
  const { host, exit } = run(
    ["config", "path"],
    {},
    () => ({ drop: () => Promise.reject(new TypeError("oops")) }),
  );
  assert.equal(await exit, 1);
  assert.match(host.stderr(), /stakpak has a bug: TypeError: oops/);
});

test("runCli() drops grants before it reads anything", async () => {
  const { host, exit } = run(["config", "validate"]);
  await exit;
  assert.equal(await host.holds({ name: "run", value: "docker" }), false);
  assert.equal(await host.holds({ name: "write" }), false);
  assert.equal(await host.holds({ name: "read" }), true);
});
