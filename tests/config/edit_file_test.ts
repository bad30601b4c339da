import assert from "node:assert/strict";
import { AUTOPILOT_KIND, loadAutopilot } from "../../src/config/autopilot_file.ts";
import { CONFIG_KIND } from "../../src/config/config_file.ts";
import { editFile, editFiles } from "../../src/config/edit_file.ts";
import { statePaths } from "../../src/config/paths.ts";
import { addSchedule, removeSchedule } from "../../src/config/schedule_edits.ts";
import type { TomlDocument } from "../../src/config/toml_document.ts";
import { UserError } from "../../src/domain/error.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { PathError } from "../../src/host/inspection.ts";
import { type FakeFile, fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const PATH = "/home/ada/.stakpak/autopilot.toml";
const SHOWN = "~/.stakpak/autopilot.toml";

function machine(file?: FakeFile) {
  return fakeHost(file === undefined ? {} : { files: { [PATH]: file } });
}

function edit(host: Host, change: (document: TomlDocument) => TomlDocument): Promise<boolean> {
  return editFile(host, PATH, SHOWN, AUTOPILOT_KIND, change);
}

const addNightly = (document: TomlDocument) =>
  addSchedule(document, "nightly", { cron: "0 3 * * *", prompt: "Look around" });

/** A folder of its own on the real machine. */
async function inFolder(use: (folder: string, host: Host) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await use(folder, denoHost(["stakpak"]));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("editFile writes the change and keeps every other byte", async () => {
  const host = machine('# mine\r\n[server] # x\r\nlisten = "127.0.0.1:1"\r\n');
  assert.equal(await edit(host, (document) => document.set(["server", "no_auth"], true)), true);
  assert.equal(
    host.fileText(PATH),
    '# mine\r\n[server] # x\r\nlisten = "127.0.0.1:1"\r\nno_auth = true\r\n',
  );
});

test("editFile makes a missing file, with a header that says what it is", async () => {
  const host = machine();
  assert.equal(await edit(host, addNightly), true);
  assert.match(host.fileText(PATH)!, /^# Written by stakpak.*\n\n\[\[schedules\]\]\nname = "nightly"\n/);
});

test("editFile writes nothing when nothing changes, not even a missing file", async () => {
  const absent = machine();
  assert.equal(await edit(absent, (document) => document), false);
  assert.equal(absent.fileText(PATH), undefined);
  const present = { ...machine("[server]\n"), replaceFile: () => Promise.reject(new Error("written")) };
  assert.equal(
    await edit(present, (document) => document.set(["server", "no_auth"], true).unset(["server", "no_auth"])),
    false,
  );
});

test("editFile never rewrites a file that does not parse, and shows none of its words", async () => {
  const text = '[channels.slack]\nbot_token = xoxb-1-secret"\n';
  const host = machine(text);
  await assert.rejects(edit(host, addNightly), (error) => {
    assert.ok(error instanceof UserError);
    assert.match(error.message, /^Cannot edit ~\/\.stakpak\/autopilot\.toml:2:\d+: it is not TOML: /);
    assert.doesNotMatch(error.message + error.hint, /xoxb|secret/);
    assert.equal(error.exitCode, 2);
    return true;
  });
  assert.equal(host.fileText(PATH), text);
});

test("editFile refuses what cannot be read, and a link to nothing", async () => {
  await assert.rejects(edit(machine({ text: "", unreadable: true }), addNightly), {
    message: "Cannot edit ~/.stakpak/autopilot.toml: permission denied",
  });
  await assert.rejects(edit(machine({ link: "/gone/autopilot.toml" }), addNightly), {
    message: "Cannot edit ~/.stakpak/autopilot.toml: it is a link to a file that does not exist",
  });
});

test("editFile refuses an edit that would make the file wrong", async () => {
  const host = machine("[server]\n");
  await assert.rejects(edit(host, (document) => document.set(["server", "max_parallel_runs"], 0)), {
    name: "UserError",
    message: "Cannot edit ~/.stakpak/autopilot.toml: the file would be wrong: " +
      "server.max_parallel_runs is 0, must be a whole number from 1 to 64",
  });
  assert.equal(host.fileText(PATH), "[server]\n");
});

test("editFile edits a file that has other mistakes, which move but do not count as new", async () => {
  const broken =
    '[[schedules]]\nname = "a"\ncron = "x"\nprompt = "p"\n\n[[schedules]]\nname = "b"\ncron = "y"\nprompt = "p"\n';
  const host = machine(broken);
  assert.equal(await edit(host, (document) => removeSchedule(document, "a")), true);
  assert.equal(host.fileText(PATH), broken.slice(broken.indexOf("[[", 2)));
  await assert.rejects(
    edit(host, (document) => addSchedule(document, "c", { cron: "y", prompt: "p" })),
    /the file would be wrong: schedules\[1\]\.cron "y" has 1 fields/,
  );
});

test("editFile waits for another command only so long", async () => {
  const busy: Host = {
    ...machine("[server]\n"),
    lock: (path, signal) => {
      assert.equal(path, "/home/ada/.stakpak/.stakpak.lock");
      assert.equal(signal.aborted, false);
      return Promise.reject(new PathError(path, "another stakpak command is editing this folder's files"));
    },
  };
  await assert.rejects(edit(busy, addNightly), {
    name: "UserError",
    message: "Cannot edit ~/.stakpak/autopilot.toml: another stakpak command is editing this folder's files",
  });
});

test("editFile lets go of the lock when the edit throws", async () => {
  const host = machine("[server]\n");
  await assert.rejects(
    edit(host, () => {
      throw new UserError("no");
    }),
    { message: "no" },
  );
  assert.equal(await edit(host, addNightly), true);
});

test("editFiles writes both files or none, and keeps the old text where it is told to", async () => {
  const config = "/home/ada/.stakpak/config.toml";
  const host = fakeHost({ files: { [PATH]: "[server]\n", [config]: "[settings]\n" } });
  const targets = [
    { path: config, shown: "config.toml", kind: CONFIG_KIND, backup: `${config}.bak` },
    { path: PATH, shown: SHOWN, kind: AUTOPILOT_KIND },
  ];
  const both = (turns: number, parallel: number) =>
    editFiles(host, targets, ([first, second]) => [
      first!.document.set(["profiles", "ops", "max_turns"], turns),
      second!.document.set(["server", "max_parallel_runs"], parallel),
    ]);
  await assert.rejects(both(8, 0), /max_parallel_runs/);
  assert.equal(host.fileText(config), "[settings]\n");
  assert.equal(await both(8, 2), true);
  assert.equal(host.fileText(config), "[settings]\n\n[profiles.ops]\nmax_turns = 8\n");
  assert.equal(host.fileText(`${config}.bak`), "[settings]\n");
  assert.equal(host.fileText(PATH), "[server]\nmax_parallel_runs = 2\n");
});

test("twenty commands that edit at once lose nothing", async () => {
  await inFolder(async (folder, host) => {
    const path = `${folder}/autopilot.toml`;
    const names = Array.from({ length: 20 }, (_, index) => `job-${index}`);
    await Promise.all(
      names.map((name) =>
        editFile(
          host,
          path,
          "autopilot.toml",
          AUTOPILOT_KIND,
          (document) => addSchedule(document, name, { cron: "0 3 * * *", prompt: "Look around" }),
        )
      ),
    );
    const paths = { ...statePaths(host), autopilot: path };
    const { value, problems } = await loadAutopilot(host, paths);
    assert.deepEqual(problems, []);
    assert.deepEqual(value.schedules?.map(({ name }) => name).sort(), names.sort());
  });
});

test("a linked file stays a link, and the file behind it becomes private", async () => {
  await inFolder(async (folder, host) => {
    await Deno.mkdir(`${folder}/dotfiles`);
    await Deno.writeTextFile(`${folder}/dotfiles/real.toml`, "[server]\n", { mode: 0o644 });
    await Deno.symlink("dotfiles/real.toml", `${folder}/autopilot.toml`);
    await editFile(host, `${folder}/autopilot.toml`, "autopilot.toml", AUTOPILOT_KIND, addNightly);
    assert.equal(await Deno.readLink(`${folder}/autopilot.toml`), "dotfiles/real.toml");
    assert.match(await Deno.readTextFile(`${folder}/dotfiles/real.toml`), /^\[server\]\n\n\[\[schedules\]\]/);
    assert.equal((await Deno.stat(`${folder}/dotfiles/real.toml`)).mode! & 0o777, 0o600);
    const left = await Array.fromAsync(Deno.readDir(`${folder}/dotfiles`), ({ name }) => name);
    assert.deepEqual(left, ["real.toml"]);
  });
});

test("what a killed command left behind harms nobody", async () => {
  await inFolder(async (folder, host) => {
    const path = `${folder}/autopilot.toml`;
    await Deno.writeTextFile(path, "[server]\n");
    await Deno.writeTextFile(`${path}.0badcafe.tmp`, "[ser");
    await Deno.writeTextFile(`${folder}/.stakpak.lock`, "");
    await editFile(host, path, "autopilot.toml", AUTOPILOT_KIND, addNightly);
    assert.match(await Deno.readTextFile(path), /^\[server\]\n\n\[\[schedules\]\]\nname = "nightly"\n/);
    assert.equal(await Deno.readTextFile(`${path}.0badcafe.tmp`), "[ser");
  });
});
