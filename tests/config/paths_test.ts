import assert from "node:assert/strict";
import { expandHome, shortPath, statePaths } from "../../src/config/paths.ts";
import { UserError } from "../../src/domain/error.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("statePaths() is ~/.stakpak", () => {
  const paths = statePaths(fakeHost());
  assert.deepEqual([paths.home, paths.state, paths.config, paths.autopilot], [
    "/home/ada",
    "/home/ada/.stakpak",
    "/home/ada/.stakpak/config.toml",
    "/home/ada/.stakpak/autopilot.toml",
  ]);
  for (const path of [paths.logs, paths.workspace, paths.sessions, paths.token, paths.lock]) {
    assert.ok(path.startsWith("/home/ada/.stakpak/autopilot/"), path);
  }
});

test("statePaths() follows STAKPAK_HOME and --config", () => {
  const paths = statePaths(fakeHost({ env: { STAKPAK_HOME: "/srv/state" } }), "/etc/config.toml");
  assert.deepEqual([paths.home, paths.autopilot, paths.config], [
    "/home/ada",
    "/srv/state/autopilot.toml",
    "/etc/config.toml",
  ]);
});

test("statePaths() is under USERPROFILE on Windows", () => {
  const paths = statePaths(fakeHost({ os: "windows", env: { USERPROFILE: "C:\\Users\\ada" } }));
  assert.equal(paths.state, "C:\\Users\\ada/.stakpak");
});

test("statePaths() refuses a machine without a home folder", () => {
  const host = { ...fakeHost(), env: () => undefined };
  assert.throws(() => statePaths(host), (error) => error instanceof UserError && error.exitCode === 2);
});

test("statePaths() takes an empty STAKPAK_HOME for none, and ~ in --config for the home folder", () => {
  const paths = statePaths(fakeHost({ env: { STAKPAK_HOME: "" } }), "~/other.toml");
  assert.deepEqual([paths.state, paths.config], ["/home/ada/.stakpak", "/home/ada/other.toml"]);
});

test("statePaths() refuses relative folders: every command would find other files in another one", () => {
  for (const env of [{ HOME: "rel" }, { STAKPAK_HOME: "rel" }, { STAKPAK_HOME: "~/state" }]) {
    const refused = (error: unknown) =>
      error instanceof UserError && error.exitCode === 2 && /must be an absolute path/.test(error.message);
    assert.throws(() => statePaths(fakeHost({ env })), refused, JSON.stringify(env));
  }
});

test("expandHome() and shortPath() undo one another", () => {
  for (const [short, long] of [["~", "/home/ada"], ["~/x", "/home/ada/x"], ["/x", "/x"]] as const) {
    assert.equal(expandHome(short, "/home/ada"), long);
    assert.equal(shortPath(long, "/home/ada"), short);
  }
  assert.equal(expandHome("~bob/x", "/home/ada"), "~bob/x");
  assert.equal(shortPath("/home/adam", "/home/ada"), "/home/adam");
});
