import { deepEqual, rejects } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import { judgedMounts } from "../../src/sandbox/judged_mounts.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const FOLDER = { kind: "directory", mode: 0o755, uid: 1000 } as const;

async function judged(volumes: readonly string[], files: FakeMachine["files"] = {}) {
  const host = fakeHost({ files: { "/home/ada/.stakpak/config.toml": "", ...files } });
  return await judgedMounts(host, { paths: statePaths(host), writable: ["/w"] }, volumes);
}

test("a bind mount is taken without its links, a named volume by its name", async () => {
  const files = { "/srv/site": FOLDER, "/srv/now": { link: "/srv/site" } } as const;
  deepEqual(
    await judged(["/srv/now:/site:ro", "stakpak-aqua-cache:/home/agent/.local/share/aquaproj-aqua"], files),
    {
      mounts: [
        { source: "/srv/site", target: "/site", access: "ro" },
        {
          source: "stakpak-aqua-cache",
          target: "/home/agent/.local/share/aquaproj-aqua",
          access: "rw",
          named: true,
        },
      ],
      notes: [],
    },
  );
});

// The six cases at the foot of the seed.
test("a volume is named when its host part has no slash and no leading dot", async () => {
  const files = { "/absolute/path": FOLDER } as const;
  for (const name of ["stakpak-aqua-cache", "my-volume"]) {
    deepEqual((await judged([`${name}:/x`])).mounts, [{
      source: name,
      target: "/x",
      access: "rw",
      named: true,
    }]);
  }
  deepEqual((await judged(["/absolute/path:/x:ro"], files)).mounts, [{
    source: "/absolute/path",
    target: "/x",
    access: "ro",
  }]);
  for (const relative of ["./relative/path", "relative/with/slash", "."]) {
    await rejects(judged([`${relative}:/x`]), /it is relative, must start with \//);
  }
});

test("a source that is not there is left out with a note", async () => {
  deepEqual(await judged(["/srv/none:/none"]), {
    mounts: [],
    notes: ['"/srv/none" is not there, it is skipped'],
  });
});

test("credentials are read-only, whatever was asked, and that is said", async () => {
  const files = { "/home/ada/.aws": FOLDER, "/home/ada/.aws/config": "" } as const;
  deepEqual(await judged(["~/.aws:/aws:rw"], files), {
    mounts: [{ source: "/home/ada/.aws", target: "/aws", access: "ro" }],
    notes: ['"/home/ada/.aws" holds AWS credentials: the box can read it, and not write'],
  });
});

test("what must not be mounted, and what would cover the box's own, is refused", async () => {
  const files = { "/w/sub": FOLDER, "/srv/site": FOLDER } as const;
  const refused: [string, RegExp][] = [
    ["nonsense", /is not a mount: it must be HOST:CONTAINER/],
    ["/:/host", /volume "\/" is the root folder, must not be mounted/],
    ["~:/home", /is your home folder/],
    ["~/.stakpak:/state", /is the state folder/],
    ["/var/run/docker.sock:/sock", /is a docker socket/],
    ["/w/sub:/sub", /is inside \/w, which the box can write/],
    ["/srv/site:/workspace", /listed for "\/workspace", which belongs to the box itself/],
    ["/srv/site:/run/stakpak/in/", /belongs to the box itself/],
    ["/srv/site:/opt/stakpak/deno", /belongs to the box itself/],
    ["/srv/site:/x/../workspace", /belongs to the box itself/],
    ["/srv/site://", /belongs to the box itself/],
  ];
  for (const [volume, message] of refused) await rejects(judged([volume], files), message);
});

test("who names a place first has it", async () => {
  deepEqual((await judged(["one:/x", "two:/x/"])).mounts, [{
    source: "one",
    target: "/x",
    access: "rw",
    named: true,
  }]);
});

test("a source inside another that the box can write is refused, also where the box has put a link there", async () => {
  const files = {
    "/srv/site": FOLDER,
    "/srv/site/static": FOLDER,
    "/srv/site/link": { link: "/srv/other" },
    "/srv/other": FOLDER,
  } as const;
  for (const inner of ["static", "link"]) {
    await rejects(
      judged([`/srv/site/${inner}:/inner`, "/srv/site:/site"], files),
      /is inside \/srv\/site, which the box can write: it could put another thing there/,
    );
    await judged([`/srv/site/${inner}:/inner`, "/srv/site:/site:ro"], files);
  }
});
