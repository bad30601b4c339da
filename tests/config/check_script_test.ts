import assert from "node:assert/strict";
import { checkScriptProblems } from "../../src/config/check_script.ts";
import { statePaths } from "../../src/config/paths.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

type Files = NonNullable<FakeMachine["files"]>;
const SCRIPT = { text: "#!/bin/sh\n", mode: 0o700 };

async function problems(script: string, files: Files, machine: FakeMachine = {}, writable: string[] = []) {
  const host = fakeHost({ ...machine, files });
  const mounts = writable.map((path) => ({ path, access: "rw" as const }));
  const found = await checkScriptProblems(host, statePaths(host), script, mounts);
  return found.map(({ severity, message, hint }) => `${severity}: ${message} | ${hint}`);
}

test("checkScriptProblems() has nothing against this user's own script", async () => {
  assert.deepEqual(await problems("/home/ada/checks/a.sh", { "/home/ada/checks/a.sh": SCRIPT }), []);
});

test("checkScriptProblems() has nothing against root's script in root's folders", async () => {
  assert.deepEqual(await problems("/usr/bin/true", { "/usr/bin/true": { mode: 0o755, uid: 0 } }), []);
  assert.deepEqual(
    await problems("/usr/bin/true", { "/usr/bin/true": { mode: 0o755, uid: 0 } }, { uid: 0 }),
    [],
  );
});

test("checkScriptProblems() recommends an absolute path where ~ is used", async () => {
  assert.deepEqual(await problems("~/a.sh", { "/home/ada/a.sh": SCRIPT }), [
    'warning: The check "~/a.sh" starts with ~, which is the home folder of whoever runs autopilot | write "/home/ada/a.sh"',
  ]);
});

test("checkScriptProblems() refuses what is not there, not a file, or not absolute", async () => {
  assert.deepEqual(await problems("/home/ada/gone.sh", {}), [
    'error: The check "/home/ada/gone.sh" does not exist | create it, or correct the path',
  ]);
  assert.match((await problems("/home/ada", { "/home/ada/x": "" }))[0]!, /no regular file/);
  assert.match((await problems("a.sh", {}))[0]!, /"a.sh" cannot be used: it is relative, must start with \//);
});

test("checkScriptProblems() refuses a script that cannot be executed, with the command that helps", async () => {
  assert.deepEqual(await problems("/home/ada/my check.sh", { "/home/ada/my check.sh": { mode: 0o644 } }), [
    "error: The check \"/home/ada/my check.sh\" cannot be executed (mode 0644) | chmod u+x '/home/ada/my check.sh'",
  ]);
  assert.equal((await problems("/srv/a", { "/srv/a": { mode: 0o600 } }, { uid: 0 })).length, 1);
  assert.deepEqual(await problems("/srv/a", { "/srv/a": { mode: 0o700 } }, { uid: undefined }), []);
});

test("checkScriptProblems() refuses what its group or everyone can change, the script and each folder", async () => {
  const files: Files = {
    "/home/ada/open": { kind: "directory", mode: 0o777 },
    "/home/ada/open/a.sh": { mode: 0o770 },
  };
  assert.deepEqual(await problems("/home/ada/open/a.sh", files), [
    'error: The check "/home/ada/open/a.sh" passes "/home/ada/open", which everyone can change (mode 0777) | chmod go-w /home/ada/open',
    'error: The check "/home/ada/open/a.sh" passes "/home/ada/open/a.sh", which its group can change (mode 0770) | chmod go-w /home/ada/open/a.sh',
  ]);
});

test("checkScriptProblems() refuses a sticky folder too, and does not say to change it", async () => {
  const files: Files = { "/tmp": { kind: "directory", mode: 0o1777 }, "/tmp/a.sh": { ...SCRIPT, uid: 1000 } };
  const [problem, ...others] = await problems("/tmp/a.sh", files);
  assert.match(problem!, /passes "\/tmp", which everyone can change \(mode 1777\) \| move it into a folder/);
  assert.deepEqual(others, []);
});

test("checkScriptProblems() refuses what belongs to another user", async () => {
  const files: Files = {
    "/srv/bob/a.sh": { ...SCRIPT, uid: 0 },
    "/srv/bob": { kind: "directory", mode: 0o755, uid: 1001 },
  };
  assert.match(
    (await problems("/srv/bob/a.sh", files))[0]!,
    /passes "\/srv\/bob", which belongs to another user \(uid 1001\)/,
  );
});

test("checkScriptProblems() refuses a link on the way that others own", async () => {
  const files: Files = {
    "/srv/now": { link: "/usr/bin", uid: 1001, mode: 0o777 },
    "/usr/bin/true": { mode: 0o755 },
  };
  const found = await problems("/srv/now/true", files);
  assert.equal(found.length, 1);
  assert.match(found[0]!, /passes "\/srv\/now", which belongs to another user/);
});

test("checkScriptProblems() refuses a script that a box can write, also by way of a link", async () => {
  const files: Files = {
    "/srv/ws/a.sh": { ...SCRIPT, uid: 1000 },
    "/home/ada/a.sh": { link: "/srv/ws/a.sh" },
  };
  for (const path of ["/srv/ws/a.sh", "/home/ada/a.sh"]) {
    assert.match(
      (await problems(path, files, {}, ["/srv/ws"]))[0]!,
      /is inside "\/srv\/ws", which a box can write/,
    );
  }
});

test("checkScriptProblems() does not repeat a path that may be a key", async () => {
  const key = "sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz";
  assert.ok(!(await problems(key, {})).join().includes(key));
});

test("checkScriptProblems() judges a real script", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/check.sh`, "#!/bin/sh\n", { mode: 0o600 });
    const host = denoHost([]);
    const paths = statePaths(fakeHost());
    const found = await checkScriptProblems(host, paths, `${folder}/check.sh`, [{
      path: await Deno.realPath(folder),
      access: "rw",
    }]);
    const messages = found.map(({ message }) => message).join("\n");
    assert.match(messages, /which a box can write/);
    assert.match(messages, /cannot be executed \(mode 0600\)/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
