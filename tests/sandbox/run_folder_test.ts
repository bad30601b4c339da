import { equal, rejects } from "node:assert/strict";
import { runFolder } from "../../src/sandbox/run_folder.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const PATHS = { state: "/home/ada/.stakpak" };

test("runFolder() is STAKPAK_RUN_DIR, else below XDG_RUNTIME_DIR where that is there, else in the state folder", async () => {
  const files = { "/run/user/1000/bus": "" };
  const XDG_RUNTIME_DIR = "/run/user/1000";
  const env = { XDG_RUNTIME_DIR, STAKPAK_RUN_DIR: "/tmp/s" };
  equal(await runFolder(fakeHost({ env, files }), PATHS), "/tmp/s");
  equal(await runFolder(fakeHost({ env: { XDG_RUNTIME_DIR }, files }), PATHS), "/run/user/1000/stakpak");
  equal(await runFolder(fakeHost({ env: { XDG_RUNTIME_DIR } }), PATHS), "/home/ada/.stakpak/run");
  equal(await runFolder(fakeHost(), PATHS), "/home/ada/.stakpak/run");
});

test("runFolder() refuses a folder whose sockets would have too long a path, and one that is relative", async () => {
  const longest = `/${"x".repeat(55)}`;
  equal(await runFolder(fakeHost({ env: { STAKPAK_RUN_DIR: longest } }), PATHS), longest);
  await rejects(runFolder(fakeHost({ env: { STAKPAK_RUN_DIR: `${longest}x` } }), PATHS), {
    message:
      "Cannot start a sandbox: sockets in a text of 57 characters (not shown) have paths of 91 bytes, must be at most 90",
    exitCode: 2,
  });
  await rejects(runFolder(fakeHost({ env: { STAKPAK_RUN_DIR: "./here" } }), PATHS), {
    message: 'Cannot start a sandbox: the run folder is "./here", must start with /',
  });
});
