import assert from "node:assert/strict";
import { parseMount } from "../../src/config/mount_text.ts";
import { judgeMount, type MountRules } from "../../src/config/mounts.ts";
import { statePaths } from "../../src/config/paths.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

type Files = NonNullable<FakeMachine["files"]>;

function judge(text: string, files: Files = {}, machine: FakeMachine = {}, rules: Partial<MountRules> = {}) {
  const host = fakeHost({ ...machine, files: { "/home/ada/.stakpak/config.toml": "", ...files } });
  const paths = statePaths(host);
  return judgeMount(host, { paths, ...rules }, parseMount(text, paths.home)!);
}

async function reason(
  text: string,
  files: Files = {},
  machine: FakeMachine = {},
  rules: Partial<MountRules> = {},
) {
  const verdict = await judge(text, files, machine, rules);
  return verdict.verdict === "refuse" ? verdict.reason : verdict.verdict;
}

test("judgeMount() takes a folder as listed, without its links", async () => {
  const files: Files = {
    "/srv/site/index.html": { uid: 1000 },
    "/srv/site": { kind: "directory", mode: 0o700, uid: 1000 },
    "/srv/now": { link: "/srv/site" },
  };
  assert.deepEqual(await judge("/srv/now:/site:ro", files), {
    verdict: "mount",
    source: "/srv/site",
    access: "ro",
  });
});

test("judgeMount() leaves a named volume to docker", async () => {
  assert.deepEqual(await judge("cache:/cache"), { verdict: "mount", source: "cache", access: "rw" });
});

test("judgeMount() skips a source that is not there", async () => {
  assert.deepEqual(await judge("~/gone:/gone"), { verdict: "skip", reason: "not there, it is skipped" });
});

test("judgeMount() refuses what would give the host away", async () => {
  const refused: [string, string][] = [
    ["/:/host:ro", "the root folder, must not be mounted"],
    ["/home/ada/../..:/host", "the root folder, must not be mounted"],
    ["~:/home", "your home folder, must not be mounted"],
    ["/home:/home", "a folder that holds your home folder, must not be mounted"],
    ["~/.stakpak:/state:ro", "the state folder, must not be mounted"],
    ["~/.stakpak/config.toml:/config.toml:ro", "inside the state folder, must not be mounted"],
    ["~/.stakpak/autopilot:/a", "inside the state folder, must not be mounted"],
    ["/var/run/docker.sock:/var/run/docker.sock", "a docker socket, must not be mounted"],
    ["/run:/run:ro", "a folder that holds a docker socket, must not be mounted"],
    ["/srv/docker.sock:/x", "a docker socket, must not be mounted"],
    ["/proc:/proc:ro", "/proc, must not be mounted"],
    ["/dev/kvm:/dev/kvm", "inside /dev, must not be mounted"],
    ["./:/agent:ro", "not usable: it is relative, must start with /"],
  ];
  for (const [text, expected] of refused) assert.equal(await reason(text), expected, text);
});

test("judgeMount() follows links before it judges", async () => {
  const files: Files = {
    "/srv/home": { link: "/home/ada" },
    "/srv/sock": { link: "/var/run/docker.sock" },
    "/srv/dots/x": "x",
    "/home/ada/all": { link: "../.." },
  };
  assert.equal(await reason("/srv/home:/x", files), "your home folder, must not be mounted");
  assert.equal(await reason("/srv/home/.stakpak:/x", files), "the state folder, must not be mounted");
  assert.equal(await reason("/srv/sock:/x", files), "a docker socket, must not be mounted");
  assert.equal(await reason("~/all:/x", files), "the root folder, must not be mounted");
});

test("judgeMount() knows the sockets and box folders that the environment names", async () => {
  const env = {
    DOCKER_HOST: "unix:///opt/engine/api",
    XDG_RUNTIME_DIR: "/run/user/1000",
    STAKPAK_RUN_DIR: "/srv/boxes",
  };
  assert.equal(
    await reason("/opt/engine:/e", {}, { env }),
    "a folder that holds a docker socket, must not be mounted",
  );
  assert.equal(
    await reason("/run/user/1000:/r", {}, { env }),
    "a folder that holds a docker socket, must not be mounted",
  );
  assert.equal(
    await reason("/srv/boxes/1/in:/b", {}, { env }),
    "inside the folder of the boxes' sockets, must not be mounted",
  );
});

test("judgeMount() refuses sockets and devices whatever they are called", async () => {
  assert.equal(
    await reason("/srv/x:/x", { "/srv/x": { kind: "other" } }),
    "a socket or a device, must not be mounted",
  );
});

test("judgeMount() allows the default workspace, and only that of the state folder", async () => {
  const files: Files = { "/home/ada/.stakpak/autopilot/workspace/x": "" };
  const workspace = "/home/ada/.stakpak/autopilot/workspace";
  assert.deepEqual(await judge("~/.stakpak/autopilot/workspace:/workspace", files), {
    verdict: "mount",
    source: workspace,
    access: "rw",
  });
});

test("judgeMount() names credentials and makes them read-only", async () => {
  const files: Files = {
    "/home/ada/.aws/config": "",
    "/home/ada/.config/gcloud/x": "",
    "/home/ada/.kube": { link: "/srv/kube" },
    "/srv/kube/config": { uid: 1000 },
    "/srv/kube": { kind: "directory", uid: 1000 },
  };
  const holds = async (text: string) => {
    const verdict = await judge(text, files);
    return verdict.verdict === "mount" && verdict.access === "ro" ? verdict.holds : verdict;
  };
  assert.equal(await holds("~/.aws:/aws:rw"), "AWS credentials");
  assert.equal(await holds("~/.aws/config:/aws/config"), "AWS credentials");
  assert.equal(await holds("~/.config:/config"), "Google Cloud credentials");
  assert.equal(await holds("/srv/kube:/kube"), "Kubernetes credentials");
});

test("judgeMount() refuses a source that the box could swap", async () => {
  const files: Files = {
    "/srv/ws/data/x": "",
    "/home/ada/link": { link: "/srv/ws/hop" },
    "/srv/ws/hop": { link: "/srv/other" },
    "/srv/other/x": "",
  };
  const rules = { writable: ["/srv/ws"] };
  assert.match(
    await reason("/srv/ws/data:/data:ro", files, {}, rules),
    /^inside \/srv\/ws, which the box can write/,
  );
  assert.match(await reason("~/link:/x:ro", files, {}, rules), /^inside \/srv\/ws/);
  assert.equal(await reason("/srv/ws:/workspace", files, {}, rules), "mount");
});

test("judgeMount() says what the box's account cannot use", async () => {
  const unusable = async (text: string, files: Files, machine: FakeMachine = {}, user?: string) => {
    const verdict = await judge(text, files, machine, { user });
    return verdict.verdict === "mount" ? verdict.unusable : verdict;
  };
  const root: Files = { "/srv/x": { kind: "directory", mode: 0o700, uid: 0 } };
  assert.equal(await unusable("/srv/x:/x:ro", root), "not readable by the box's account 1000:1000");
  assert.equal(
    await unusable("/srv/x:/x:ro", root, { uid: 0 }),
    "not readable by the box's account 1000:1000 (you are root, and nothing in a box runs as root)",
  );
  assert.equal(await unusable("/srv/f:/f:ro", { "/srv/f": { mode: 0o600, uid: 5 } }, {}, "5"), undefined);
  assert.equal(
    await unusable("/srv/f:/f", { "/srv/f": { mode: 0o444 } }),
    "not writable by the box's account 1000:1000",
  );
  assert.equal(
    await unusable("/srv/d:/d:ro", { "/srv/d": { kind: "directory", mode: 0o744 } }),
    "not readable by the box's account 1000:1000",
  );
  assert.equal(await unusable("/srv/x:/x:ro", root, { uid: undefined }), undefined);
});

test("judgeMount() refuses the kernel's folders on the real machine, where they cannot be looked at", async () => {
  const host = denoHost([]);
  const paths = statePaths({ ...fakeHost(), env: host.env });
  const verdict = await judgeMount(host, { paths }, parseMount("/proc/self/environ:/e:ro", paths.home)!);
  assert.equal(verdict.verdict, "refuse");
});
