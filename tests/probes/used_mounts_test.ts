import assert from "node:assert/strict";
import { usedMounts } from "../../src/probes/used_mounts.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

test("usedMounts() has the mounts of every profile, used or not", async () => {
  const host = fakeHost({
    files: {
      "/home/ada/.stakpak/config.toml": '[profiles.idle.warden]\nvolumes = ["/srv/a:/a"]\n',
      "/home/ada/.stakpak/autopilot.toml": '[sandbox]\nworkspace = "/srv/ws"\n',
      "/srv/a/x": "",
      "/srv/ws/x": "",
    },
  });
  assert.deepEqual(await usedMounts(await contextOn(host)), [
    { path: "/srv/ws", access: "rw" },
    { path: "/srv/a", access: "rw" },
  ]);
});

test("usedMounts() of no file is what sessions would have", async () => {
  assert.deepEqual(await usedMounts(await contextOn(fakeHost())), [
    { path: "/home/ada/.stakpak/autopilot/sessions", access: "rw" },
  ]);
});
