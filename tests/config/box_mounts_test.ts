import assert from "node:assert/strict";
import { AUTOPILOT_KIND } from "../../src/config/autopilot_file.ts";
import { boxMounts, insideMount, insideWritableMount, listedMounts } from "../../src/config/box_mounts.ts";
import { parseFile } from "../../src/config/load.ts";
import { statePaths } from "../../src/config/paths.ts";
import { keyText } from "../../src/config/problem.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const AUTOPILOT = parseFile(
  `[sandbox]
workspace = "/srv/ws"
volumes = ["/srv/site:/site:ro", "~/notes:/notes", "cache:/cache", "/gone:/gone", "/:/host", "nonsense"]`,
  "autopilot.toml",
  AUTOPILOT_KIND,
).value;
const PROFILES = { ops: { warden: { volumes: ["~/.aws:/aws", "/srv/ops:/ops"] } }, plain: {} };
const HOST = fakeHost({
  files: {
    "/srv/ws/hop": { link: "/usr/bin" },
    "/srv/site/key": "k",
    "/srv/ops/x": "",
    "/home/ada/notes/check.sh": "",
    "/home/ada/.aws/config": "",
    "/home/ada/link": { link: "/srv/ws/hop" },
    "/usr/bin/true": "",
  },
});
const PATHS = statePaths(HOST);

test("listedMounts() has the workspace, the sandbox's volumes, then each profile's", () => {
  const listed = listedMounts(AUTOPILOT, PROFILES, PATHS);
  assert.deepEqual(listed.map(({ path }) => keyText(path)), [
    "sandbox.workspace",
    ...[0, 1, 2, 3, 4, 5].map((index) => `sandbox.volumes[${index}]`),
    "profiles.ops.warden.volumes[0]",
    "profiles.ops.warden.volumes[1]",
  ]);
  assert.equal(listed[6]?.mount, undefined);
  assert.equal(listedMounts({}, {}, PATHS)[0]?.mount?.host, "/home/ada/.stakpak/autopilot/workspace");
});

test("boxMounts() has what is really mounted, credentials read-only", async () => {
  assert.deepEqual(await boxMounts(HOST, AUTOPILOT, PROFILES, PATHS), [
    { path: "/srv/ws", access: "rw" },
    { path: "/srv/site", access: "ro" },
    { path: "/home/ada/notes", access: "rw" },
    { path: "/home/ada/.aws", access: "ro" },
    { path: "/srv/ops", access: "rw" },
  ]);
});

test("boxMounts() has the folders of sessions where the workspace is the default one", async () => {
  const [listed] = await boxMounts(HOST, {}, {}, PATHS);
  assert.deepEqual(listed, { path: "/home/ada/.stakpak/autopilot/sessions", access: "rw" });
});

test("insideWritableMount() finds a box's hand on any step of the path", async () => {
  const mounts = await boxMounts(HOST, AUTOPILOT, PROFILES, PATHS);
  const inside = async (path: string) => (await insideWritableMount(HOST, path, mounts))?.path;
  assert.equal(await inside("/home/ada/notes/check.sh"), "/home/ada/notes");
  assert.equal(await inside("/home/ada/link/true"), "/srv/ws");
  assert.equal(await inside("/srv/site/key"), undefined);
  assert.equal(await inside("/usr/bin/true"), undefined);
  assert.equal(await inside("relative"), undefined);
});

test("insideMount() finds what a box could read", async () => {
  const mounts = await boxMounts(HOST, AUTOPILOT, PROFILES, PATHS);
  assert.equal((await insideMount(HOST, "/srv/site/key", mounts))?.access, "ro");
  assert.equal(await insideMount(HOST, "/usr/bin/true", mounts), undefined);
  assert.equal(await insideMount(HOST, "relative", mounts), undefined);
});
