import assert from "node:assert/strict";
import { forbiddenMount } from "../../src/config/forbidden_mounts.ts";
import { statePaths } from "../../src/config/paths.ts";
import { PathError } from "../../src/host/inspection.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("forbiddenMount() finds the state folder where STAKPAK_HOME puts it, through its links", async () => {
  const host = fakeHost({
    env: { STAKPAK_HOME: "/var/state" },
    files: { "/var/state": { link: "/data/state" }, "/data/state/config.toml": "" },
  });
  const why = (end: string) => forbiddenMount(host, statePaths(host), end);
  assert.equal(await why("/data/state"), "the state folder");
  assert.equal(await why("/data"), "a folder that holds the state folder");
  assert.equal(await why("/data/state/autopilot/token"), "inside the state folder");
  assert.equal(await why("/data/state/autopilot/workspace/a"), undefined);
  assert.equal(await why("/home/ada/project"), undefined);
});

test("forbiddenMount() still compares places that this user may not look at", async () => {
  const fake = fakeHost();
  const host = {
    ...fake,
    linkStatus: (path: string) =>
      path.startsWith("/run/")
        ? Promise.reject(new PathError(path, "permission denied"))
        : fake.linkStatus(path),
  };
  assert.equal(
    await forbiddenMount(host, statePaths(host), "/run/containerd"),
    "a folder that holds a docker socket",
  );
});

test("forbiddenMount() knows the root of a drive", async () => {
  const host = fakeHost({ os: "windows" });
  assert.equal(await forbiddenMount(host, statePaths(host), "C:/"), "the root folder");
});
