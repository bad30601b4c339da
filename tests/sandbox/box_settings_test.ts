import { deepEqual, equal, rejects } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { boxSettings, type SettingsParts } from "../../src/sandbox/box_settings.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const WORKSPACE = "/home/ada/.stakpak/autopilot/workspace";
const FOLDER = { kind: "directory", mode: 0o700, uid: 1000 } as const;

async function settings(parts: Partial<SettingsParts> = {}, machine: FakeMachine = {}) {
  const host = fakeHost({ ...machine, files: { [WORKSPACE]: FOLDER, ...machine.files } });
  return await boxSettings(host, { paths: statePaths(host), sandbox: undefined, ...parts });
}

test("boxSettings() of no configuration is the default image, our account, the limits of the design, nobody to talk to", async () => {
  deepEqual(await settings(), {
    image: "ghcr.io/stakpak/agent:v0.3.88",
    account: { uid: 1000, gid: 1000 },
    limits: { memory: "1g", cpus: 2, pids: 256 },
    mounts: [{ source: WORKSPACE, target: "/workspace", access: "rw", label: "shared" }],
    warden: "builtin",
    binary: "self",
    egress: [],
    handedOn: {},
    sessionFolders: true,
    notes: [],
  });
});

test("boxSettings() takes what is configured, and the command line over it", async () => {
  const sandbox = {
    image: "debian",
    workspace: "/srv/work",
    volumes: ["cache:/cache"],
    egress: ["github.com:443"],
    memory: "512m",
    cpus: 1,
    pids: 64,
    warden: "none",
    binary: "image",
  } as const;
  const found = await settings(
    {
      sandbox: { ...sandbox, volumes: [...sandbox.volumes], egress: [...sandbox.egress] },
      profileVolumes: ["of-profile:/p"],
      image: "alpine",
      allow: ["a.org:443"],
      profile: "ops",
    },
    { files: { "/srv/work": FOLDER }, env: { STAKPAK_API_ENDPOINT: "https://api.example.org" } },
  );
  equal(found.image, "alpine");
  deepEqual(found.limits, { memory: "512m", cpus: 1, pids: 64 });
  deepEqual(found.mounts.map(({ source, target }) => [source, target]), [
    ["/srv/work", "/workspace"],
    ["cache", "/cache"],
    ["of-profile", "/p"],
  ]);
  deepEqual([found.warden, found.binary, found.egress], ["none", "image", ["github.com:443", "a.org:443"]]);
  deepEqual(found.handedOn, { STAKPAK_PROFILE: "ops", STAKPAK_API_ENDPOINT: "https://api.example.org" });
});

test("sessions have folders in the default workspace, and a box of one's own sees that one's alone", async () => {
  const folder = `/home/ada/.stakpak/autopilot/sessions/${await sessionName("one")}`;
  const machine = { files: { [folder]: FOLDER, "/srv/work": FOLDER } };
  const seen = async (parts: Partial<SettingsParts>) => {
    const { mounts, sessionFolders } = await settings(parts, machine);
    return [mounts[0]!.source, sessionFolders];
  };
  deepEqual(await seen({}), [WORKSPACE, true]);
  deepEqual(await seen({ session: "one" }), [folder, false]);
  const sandbox = { workspace: "/srv/work" };
  deepEqual(await seen({ sandbox }), ["/srv/work", false]);
  deepEqual(await seen({ sandbox, session: "one" }), ["/srv/work", false]);
});

test("the folders of sessions are mounted by nobody who lists them", async () => {
  const folder = `/home/ada/.stakpak/autopilot/sessions/${await sessionName("one")}`;
  const machine = { files: { [folder]: FOLDER } };
  for (const source of [folder, folder.replace(/\/[^/]*$/, "")]) {
    await rejects(
      settings({ profileVolumes: [`${source}:/x`] }, machine),
      /inside the state folder, must not be mounted/,
    );
  }
});

test("boxSettings() keeps an address with a password in it", async () => {
  deepEqual(
    (await settings({}, { env: { STAKPAK_API_ENDPOINT: "https://ada:pw@example.org" } })).handedOn,
    {},
  );
});

test("boxSettings() refuses a workspace that must not be mounted, is not there, or is of no use to the box", async () => {
  const at = (workspace: string, machine: FakeMachine = {}) => settings({ sandbox: { workspace } }, machine);
  await rejects(at("/"), /its workspace "\/" is the root folder/);
  await rejects(at("~"), /is your home folder/);
  await rejects(at("/srv/my none"), {
    message: 'Cannot start a sandbox: its workspace "/srv/my none" is not there',
    hint: "mkdir -p '/srv/my none'",
    exitCode: 2,
  });
  await rejects(
    at("/srv/roots", { files: { "/srv/roots": { ...FOLDER, uid: 0 } } }),
    (error: Error & { hint?: string }) => {
      equal(
        error.message,
        'Cannot start a sandbox: its workspace "/srv/roots" is not readable by the box\'s account 1000:1000',
      );
      equal(error.hint, "chown -R 1000:1000 /srv/roots");
      return true;
    },
  );
  await rejects(at("/home/ada/.aws", { files: { "/home/ada/.aws": FOLDER } }), /holds AWS credentials/);
  await rejects(settings({ image: "not an image" }), /its image is "not an image", must be an image name/);
});

test("boxSettings() refuses a workspace inside another folder that the box can write, and programs in the workspace", async () => {
  const files = { "/srv": FOLDER, "/srv/work": FOLDER };
  const sandbox = { workspace: "/srv/work", volumes: ["/srv:/srv"] };
  await rejects(
    settings({ sandbox }, { files }),
    /its workspace "\/srv\/work" is inside \/srv, which the box can write/,
  );
  await settings({ sandbox: { ...sandbox, volumes: ["/srv:/srv:ro"] } }, { files });
  const env = { PATH: `/usr/bin:${WORKSPACE}` };
  await rejects(settings({}, { env }), { hint: "take it out of PATH" });
});

test("boxSettings() refuses what boxes under other profiles can write, but for the very folders that they share", async () => {
  const files = { "/srv": FOLDER, "/srv/site": FOLDER, "/srv/bin": FOLDER };
  const writable = ["/srv", WORKSPACE];
  const given = (profileVolumes: string[]) => settings({ profileVolumes, writable }, { files });
  await given(["/srv:/srv"]);
  await rejects(
    given(["/srv/site:/site:ro"]),
    /volume "\/srv\/site" is inside \/srv, which the box can write/,
  );
  const sandbox = { workspace: "/srv/site" };
  await rejects(settings({ sandbox, writable }, { files }), /its workspace "\/srv\/site" is inside \/srv/);
  const env = { PATH: "/usr/bin:/srv/bin" };
  await rejects(settings({ writable }, { files, env }), { hint: "take it out of PATH" });
  await settings({ profileVolumes: ["/srv:/srv:ro"] }, { files, env });
});
