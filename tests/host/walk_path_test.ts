import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { PathError } from "../../src/host/inspection.ts";
import { pathEnd, walkPath } from "../../src/host/walk_path.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const paths = (steps: readonly { path: string }[]) => steps.map(({ path }) => path);

test("walkPath() names every folder on the way and the end", async () => {
  const walk = await walkPath(fakeHost({ files: { "/srv/a/b": "x" } }), "//srv/./a/../a/b");
  assert.deepEqual(paths(walk.steps), ["/", "/srv", "/srv/a", "/srv/a", "/srv/a/b"]);
  assert.equal(walk.end, "/srv/a/b");
  assert.equal(walk.status?.kind, "file");
});

test("walkPath() passes through links of links, which realPath hides", async () => {
  const host = fakeHost({
    files: {
      "/home/ada/check": { link: "/ws/hop" },
      "/ws/hop": { link: "/usr/bin" },
      "/usr/bin/true": "x",
    },
  });
  const walk = await walkPath(host, "/home/ada/check/true");
  assert.ok(paths(walk.steps).includes("/ws/hop"));
  assert.equal(walk.end, "/usr/bin/true");
});

test("walkPath() follows relative links from their folder, and .. from where the link led", async () => {
  const host = fakeHost({
    files: { "/a/b/link": { link: "../c" }, "/a/c/d/x": "x", "/a/here": { link: "." } },
  });
  assert.equal((await walkPath(host, "/a/b/link/d/x")).status?.kind, "file");
  assert.equal((await walkPath(host, "/a/b/link/d/..")).end, "/a/c");
  const here = await walkPath(host, "/a/here");
  assert.deepEqual([here.end, here.status?.kind], ["/a", "directory"]);
});

test("walkPath() says where a path would lead that is not there", async () => {
  const host = fakeHost({ files: { "/a/link": { link: "/gone" }, "/a/x": "x" } });
  const walk = await walkPath(host, "/a/link/b/../c");
  assert.deepEqual([walk.end, walk.status], ["/gone/c", undefined]);
  assert.equal((await walkPath(host, "/a/x/below")).status, undefined);
});

test("walkPath() ends a loop", async () => {
  const host = fakeHost({ files: { "/a": { link: "/b" }, "/b": { link: "/a" } } });
  await assert.rejects(
    walkPath(host, "/a/x"),
    (error) => error instanceof PathError && /loop/.test(error.reason),
  );
});

test("walkPath() refuses a relative path", async () => {
  await assert.rejects(walkPath(fakeHost(), "a/b"), /it is relative, must start with \//);
});

test("walkPath() takes drives and backslashes on Windows", async () => {
  const host = fakeHost({ os: "windows", files: { "C:/Users/ada/x": "x" } });
  assert.equal((await walkPath(host, "C:\\Users\\ada\\x")).end, "C:/Users/ada/x");
});

test("walkPath() ends where the real machine's realPath does", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/real/deep`, { recursive: true });
    await Deno.writeTextFile(`${folder}/real/deep/file`, "x");
    await Deno.symlink("real", `${folder}/one`);
    await Deno.symlink(`${folder}/one/deep`, `${folder}/two`);
    const host = denoHost([]);
    const walk = await walkPath(host, `${folder}/two/../deep/file`);
    assert.equal(walk.end, await Deno.realPath(`${folder}/two/../deep/file`));
    assert.ok(walk.steps.some(({ path }) => path.endsWith("/one")));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("pathEnd() is the end, or the path itself where it cannot be followed", async () => {
  const host = fakeHost({ files: { "/a": { link: "/b" }, "/b/x": "x", "/loop": { link: "/loop" } } });
  assert.equal(await pathEnd(host, "/a/x"), "/b/x");
  assert.equal(await pathEnd(host, "/loop"), "/loop");
});
