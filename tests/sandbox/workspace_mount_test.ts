import { deepEqual, equal, notEqual, rejects } from "node:assert/strict";
import { boxUser } from "../../src/config/box_user.ts";
import { statePaths } from "../../src/config/paths.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { workspaceMount } from "../../src/sandbox/workspace_mount.ts";
import { test } from "../sanitized.ts";

/** A real home folder. */
async function stage() {
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "workspace-" }));
  const host: Host = { ...denoHost([]), env: (name) => name === "HOME" ? home : undefined };
  const account = boxUser(host, undefined)!;
  const paths = statePaths(host);
  return {
    home,
    paths,
    account,
    mount: (session?: string, writable: readonly string[] = [], workspace?: string) =>
      workspaceMount(host, { paths, account, session, sandbox: workspace ? { workspace } : {} }, writable),
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}

test("a shared box has the default workspace, made where there is none", async () => {
  await using on = await stage();
  deepEqual(await on.mount(), {
    source: `${on.home}/.stakpak/autopilot/workspace`,
    target: "/workspace",
    access: "rw",
    label: "shared",
  });
});

test("a box of its own has its session's folder, given to its account, with what is in it the next time", async () => {
  await using on = await stage();
  const source = `${on.paths.sessions}/${await sessionName("one")}`;
  // As a launch judges it: among what boxes can write is the folder of all sessions.
  const writable = [on.paths.sessions, on.paths.workspace];
  deepEqual(await on.mount("one", writable), {
    source,
    target: "/workspace",
    access: "rw",
    label: "private",
  });
  const { uid, mode } = await Deno.stat(source);
  deepEqual([uid, mode! & 0o777], [on.account.uid, 0o700]);
  await Deno.writeTextFile(`${source}/kept`, "kept");
  equal((await on.mount("one", writable)).source, source);
  equal(await Deno.readTextFile(`${source}/kept`), "kept");
  notEqual((await on.mount("two", writable)).source, source);
});

test("a link on the way to a session's folder is refused, and nothing is made where it leads", async () => {
  await using on = await stage();
  const elsewhere = `${on.home}/elsewhere`;
  await Deno.mkdir(elsewhere);
  await Deno.mkdir(on.paths.sessions, { recursive: true });
  const one = `${on.paths.sessions}/${await sessionName("one")}`;
  for (const target of [elsewhere, `${elsewhere}/none`, (await on.mount("two")).source]) {
    await Deno.symlink(target, one);
    await rejects(on.mount("one"), {
      message: "Cannot start a sandbox: the folder of its session is behind a link, which must not be",
      hint: `ls -ld ${on.paths.sessions} ${one}`,
    });
    await Deno.remove(one);
  }
  await Deno.remove(on.paths.sessions, { recursive: true });
  await Deno.symlink(elsewhere, on.paths.sessions);
  await rejects(on.mount("one"), /is behind a link/);
  deepEqual(await Array.fromAsync(Deno.readDir(elsewhere)), []);
});

test("a state folder that is behind a link is as good as another", async () => {
  await using on = await stage();
  await Deno.mkdir(`${on.home}/elsewhere`);
  await Deno.symlink(`${on.home}/elsewhere`, on.paths.state);
  const source = `${on.home}/elsewhere/autopilot/sessions/${await sessionName("one")}`;
  equal((await on.mount("one")).source, source);
});

test("a file in the place of a session's folder is refused", async () => {
  await using on = await stage();
  await Deno.mkdir(on.paths.sessions, { recursive: true });
  await Deno.writeTextFile(`${on.paths.sessions}/${await sessionName("one")}`, "");
  await rejects(on.mount("one"), { name: "PathError" });
});

test("a configured workspace is every box's", async () => {
  await using on = await stage();
  const folder = `${on.home}/work`;
  await Deno.mkdir(folder);
  await Deno.chown(folder, on.account.uid, on.account.gid);
  for (const session of [undefined, "one"]) {
    const { source, label } = await on.mount(session, [], folder);
    deepEqual([source, label], [folder, "shared"]);
  }
  await rejects(on.mount("one", [on.home], folder), /is inside .*, which the box can write/);
});
