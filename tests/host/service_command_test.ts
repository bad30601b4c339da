import assert from "node:assert/strict";
import { UserError } from "../../src/domain/error.ts";
import {
  serviceCommand,
  serviceEnvironment,
  serviceEnvironmentFile,
  serviceFolder,
  type ServiceOptions,
  servicePath,
} from "../../src/host/service_command.ts";
import { test } from "../sanitized.ts";

const OPTIONS: ServiceOptions = {
  program: ["/usr/bin/deno", "run", "--no-prompt", "/srv/stakpak.js"],
  profile: "ops",
  config: "/home/ada/.stakpak/config.toml",
  home: "/home/ada",
  state: "/home/ada/.stakpak",
};

test("serviceCommand() starts the program with the profile and the configuration file", () => {
  assert.equal(
    serviceCommand(OPTIONS).join(" "),
    "/usr/bin/deno run --no-prompt /srv/stakpak.js --profile ops --config /home/ada/.stakpak/config.toml " +
      "autopilot up --foreground --from-service",
  );
});

test("serviceCommand() refuses relative paths", () => {
  const wrong: Partial<ServiceOptions>[] = [
    { program: ["stakpak"] },
    { program: [] },
    { config: "config.toml" },
    { home: "ada" },
    { state: ".stakpak" },
  ];
  for (const part of wrong) assert.throws(() => serviceCommand({ ...OPTIONS, ...part }), UserError);
});

test("serviceCommand() refuses control characters wherever they stand", () => {
  const wrong: Partial<ServiceOptions>[] = [
    { program: ["/usr/bin/deno\n"] },
    { program: ["/usr/bin/deno", "a\0b"] },
    { profile: "ops\nExecStartPre=/bin/sh" },
    { config: "/home/ada/a\tb" },
    { home: "/home/a\rda" },
    { state: "/home/ada/\x7f" },
  ];
  for (const part of wrong) {
    assert.throws(() => serviceCommand({ ...OPTIONS, ...part }), /has a control character/);
  }
});

test("serviceEnvironment() names the state folder only where it is not the usual one", () => {
  assert.deepEqual(Object.keys(serviceEnvironment("linux", OPTIONS)), ["HOME", "PATH"]);
  const moved = serviceEnvironment("linux", { ...OPTIONS, state: "/srv/state" });
  assert.equal(moved.STAKPAK_HOME, "/srv/state");
});

test("servicePath() finds system programs first and the user's last", () => {
  assert.equal(servicePath("linux", "/home/ada")[0], "/usr/local/bin");
  assert.deepEqual(servicePath("linux", "/home/ada").slice(-2), ["/home/ada/.local/bin", "/home/ada/bin"]);
});

test("servicePath() has Homebrew's folder on macOS alone", () => {
  assert.ok(servicePath("darwin", "/Users/ada").includes("/opt/homebrew/bin"));
  assert.ok(!servicePath("linux", "/home/ada").includes("/opt/homebrew/bin"));
});

test("serviceEnvironmentFile() lies in the service's folder", () => {
  assert.equal(serviceFolder(OPTIONS), "/home/ada/.stakpak/autopilot");
  assert.equal(serviceEnvironmentFile(OPTIONS), "/home/ada/.stakpak/autopilot/service.env");
});
