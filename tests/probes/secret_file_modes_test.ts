import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { secretFileModes } from "../../src/probes/secret_file_modes.ts";
import { ask } from "../fakes/ask.ts";
import { PathError } from "../../src/host/inspection.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

type Files = NonNullable<FakeMachine["files"]>;
const CONFIG = "/home/ada/.stakpak/config.toml";
const on = (files: Files, machine: FakeMachine = {}) => ask(secretFileModes, { ...machine, files });

test("secret_file_modes passes where only this user can read, also before anything is there", async () => {
  assert.equal((await on({})).status, "pass");
  assert.equal((await on({ [CONFIG]: "", "/home/ada/.stakpak/autopilot/token": "t" })).status, "pass");
});

test("secret_file_modes is skipped on Windows", async () => {
  assert.equal((await on({ [CONFIG]: { mode: 0o644 } }, { os: "windows" })).status, "skip");
});

test("secret_file_modes warns about loose files and folders, with one command for all", async () => {
  const { status, details, fix } = await on({
    "/home/ada/.stakpak": { kind: "directory", mode: 0o755 },
    [CONFIG]: { text: '[profiles.a]\napi_key_file = "~/k"\n', mode: 0o644 },
    "/home/ada/.stakpak/autopilot.toml": { mode: 0o640 },
    "/home/ada/.stakpak/autopilot": { kind: "directory", mode: 0o711 },
    "/home/ada/.stakpak/autopilot/logs": { kind: "directory", mode: 0o750 },
    "/home/ada/.stakpak/autopilot/token": { mode: 0o604 },
    "/home/ada/k": { mode: 0o660 },
  });
  assert.deepEqual([status, details.length], ["warn", 7]);
  assert.equal(
    fix?.command,
    [
      "chmod 700 /home/ada/.stakpak",
      "chmod 700 /home/ada/.stakpak/autopilot",
      "chmod 700 /home/ada/.stakpak/autopilot/logs",
      "chmod 600 /home/ada/.stakpak/config.toml",
      "chmod 600 /home/ada/.stakpak/autopilot.toml",
      "chmod 600 /home/ada/.stakpak/autopilot/token",
      "chmod 600 /home/ada/k",
    ].join(" && "),
  );
});

test("secret_file_modes warns about a file of another user", async () => {
  const { status, details } = await on({ [CONFIG]: { uid: 1001 } });
  assert.deepEqual([status, details], ["warn", [
    "~/.stakpak/config.toml belongs to uid 1001, must be yours",
  ]]);
});

test("secret_file_modes does not call a path loose that cannot be looked at", async () => {
  const machine = fakeHost();
  const host = {
    ...machine,
    status: (path: string) => Promise.reject(new PathError(path, "its links form a loop")),
  };
  const answer = await secretFileModes.check(await contextOn(host));
  assert.deepEqual([answer.status, answer.summary], ["warn", "Some secret files cannot be looked at"]);
  assert.match(answer.details!.join("\n"), /its links form a loop/);
});

test("secret_file_modes blocks on a key that a box can read, read-only or not", async () => {
  for (const access of ["ro", "rw"]) {
    const { status, details, fix } = await on({
      [CONFIG]: '[profiles.a]\napi_key_file = "/srv/a/key"\n',
      "/home/ada/.stakpak/autopilot.toml": `[sandbox]\nvolumes = ["/srv/a:/a:${access}"]\n`,
      "/srv/a/key": { mode: 0o600, uid: 1000 },
    });
    assert.deepEqual([status, details], ["block", [`"/srv/a/key" is inside the mount "/srv/a" (${access})`]]);
    assert.match(fix!.summary, /change the key/);
  }
});

test("secret_file_modes blocks on a key that a box could replace by a link", async () => {
  const { status } = await on({
    [CONFIG]: '[profiles.a]\napi_key_file = "~/k"\n',
    "/home/ada/.stakpak/autopilot.toml": '[sandbox]\nworkspace = "/srv/ws"\n',
    "/home/ada/k": { link: "/srv/ws/hop" },
    "/srv/ws/hop": { link: "/srv/key" },
    "/srv/key": { uid: 1000 },
  });
  assert.equal(status, "block");
});

test("secret_file_modes finds a loose file of the real machine, and its command mends it", async () => {
  const home = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${home}/.stakpak`, { mode: 0o700 });
    await Deno.writeTextFile(`${home}/.stakpak/config.toml`, "[profiles.default]\n", { mode: 0o644 });
    await Deno.chmod(`${home}/.stakpak/config.toml`, 0o644);
    const real = denoHost([]);
    const host = { ...real, env: (name: string) => name === "HOME" ? home : undefined };
    const before = await secretFileModes.check(await contextOn(host));
    const command = "fix" in before ? before.fix.command : undefined;
    assert.equal(command, `chmod 600 ${home}/.stakpak/config.toml`);
    assert.equal((await new Deno.Command("sh", { args: ["-c", command] }).output()).success, true);
    assert.equal((await secretFileModes.check(await contextOn(host))).status, "pass");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});
